// The judgements of `rl doctor`: which facts are fine, and what to do about the others.

extension MachineFacts {
    /// Every finding, in the order in which it is printed.
    package var findings: [Finding] {
        [processorFinding, buildFinding, coresFinding, blasFinding, blasThreadsFinding] + variableFindings
            + [diskFinding, displayFinding, ffmpegFinding, terminalFinding]
    }

    private var processorFinding: Finding {
        let name = processor.isEmpty ? "unknown model" : processor
        let vector = features.isEmpty ? "no vector features beyond SSE2" : features.joined(separator: " ")
        return .good("processor", "\(name): \(vector)")
    }

    private var buildFinding: Finding {
        let unused = features.filter { !builtFor.contains($0) }
        let built = builtFor.isEmpty ? "any x86-64 (baseline)" : builtFor.joined(separator: " ")
        guard !unused.isEmpty else { return .good("built for", built) }
        return .warning(
            "built for", "\(built); unused here: \(unused.joined(separator: " "))",
            "build without RL_CPU on this machine to use them")
    }

    private var coresFinding: Finding {
        var value = "\(usableCores)"
        if usableCores < cores { value += " of \(cores)" }
        if let quota, quota < Double(usableCores) {
            let tenths = Int((quota * 10).rounded())
            return .warning(
                "cores", "\(value), but the container allows the time of \(tenths / 10).\(tenths % 10)",
                "raise its CPU limit, or run no more than \(max(1, Int(quota))) seeds side by side")
        }
        return .good("cores", "\(value); a run uses one, --seeds uses them all")
    }

    private var blasFinding: Finding {
        let value = "kernels for \(blasCore); \(blasConfiguration)"
        let wide = ["skylakex", "cooperlake", "sapphirerapids", "zen4", "zen5"]
        let narrow = ["haswell", "zen", "sandybridge", "nehalem", "prescott", "core2", "generic", "barcelona", "bulldozer"]
        let core = blasCore.lowercased()
        if features.contains("avx512f"), !wide.contains(core) {
            let forced = environment["OPENBLAS_CORETYPE"] != nil
            return .warning(
                "OpenBLAS", value,
                forced
                    ? "its AVX-512 kernels are about twice as fast: unset OPENBLAS_CORETYPE"
                    : "this CPU has AVX-512, for which newer versions have faster kernels: update libopenblas")
        }
        if features.contains("avx2"), narrow.dropFirst(2).contains(core) {
            return .warning("OpenBLAS", value, "this CPU has AVX2: unset OPENBLAS_CORETYPE or update libopenblas")
        }
        return .good("OpenBLAS", value)
    }

    private var blasThreadsFinding: Finding {
        if blasThreads > usableCores {
            return .warning(
                "BLAS threads", "\(blasThreads) on \(usableCores == 1 ? "one core" : "\(usableCores) cores")",
                "they would wait for each other: set OPENBLAS_NUM_THREADS=1")
        }
        return .good("BLAS threads", "\(blasThreads)")
    }

    /// Variables that change the speed or the bits of a product without anybody seeing it.
    private var variableFindings: [Finding] {
        let found = environment.filter { entry in
            ["OPENBLAS_", "OMP_", "MKL_", "GOTO_"].contains { entry.key.hasPrefix($0) }
        }
        if found.isEmpty { return [.good("variables", "no OPENBLAS_*, OMP_* or MKL_* is set")] }
        return found.sorted { $0.key < $1.key }.map { name, value in effect(of: name, value) }
    }

    private func effect(of name: String, _ value: String) -> Finding {
        switch name {
        case "OPENBLAS_CORETYPE":
            return .warning(
                name, value, "overrides OpenBLAS's own choice of kernels, and with it speed and last bits: unset it")
        case "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS":
            if value == "1" { return .good(name, "1: one thread for each product, which suits small networks") }
            return .warning(name, value, "small networks are fastest with one thread: set it to 1, or unset it")
        case "OPENBLAS_VERBOSE":
            return .warning(name, value, "makes OpenBLAS write to the terminal at every start: unset it")
        case _ where name.hasPrefix("MKL_"):
            return .good(name, "\(value): has no effect, MKL is not used")
        case _ where name.hasPrefix("OMP_"):
            return .good(name, "\(value): matters only to an OpenBLAS built with OpenMP")
        default:
            return .warning(name, value, "changes how OpenBLAS works, so speeds cannot be compared: unset it")
        }
    }

    private var diskFinding: Finding {
        guard canWriteHere else {
            return .warning("disk", "the current folder cannot be written", "change to another one, or train with --out DIR")
        }
        guard let freeBytes else { return .warning("disk", "unknown", "the system does not tell the free space here") }
        let value = "\(size(freeBytes)) free in the current folder"
        if freeBytes < 1 << 30 { return .warning("disk", value, "a pixel run with checkpoints may need a gigabyte") }
        return .good("disk", value)
    }

    private var displayFinding: Finding {
        for name in ["WAYLAND_DISPLAY", "DISPLAY"] {
            if let value = environment[name], !value.isEmpty { return .good("display", "\(name)=\(value)") }
        }
        return .good("display", "none; training needs none", "for a window set DISPLAY (over ssh: ssh -X)")
    }

    private var ffmpegFinding: Finding {
        if let ffmpeg { return .good("ffmpeg", ffmpeg) }
        return .good("ffmpeg", "not installed; only films in MP4 need it", "apt-get install ffmpeg")
    }

    private var terminalFinding: Finding {
        guard isTerminal else { return .good("terminal", "none: plain lines, no colours") }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let value = "\(columns) columns, \(hasColor ? "colours" : "no colours")"
        guard ["utf-8", "utf8"].contains(where: { locale.lowercased().contains($0) }) else {
            return .warning(
                "terminal", "\(value), locale \(locale.isEmpty ? "not set" : locale)",
                "symbols may be garbled: export LANG=C.UTF-8")
        }
        return .good("terminal", "\(value), UTF-8")
    }

    private func size(_ bytes: UInt64) -> String {
        if bytes >= 1 << 30 { return "\(bytes >> 30) GiB" }
        return "\(bytes >> 20) MiB"
    }
}
