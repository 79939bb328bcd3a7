// What `rl bench` has measured, as tables for people.

import Glibc
import Measuring

extension BenchReport {
    package func show(on output: Output) {
        let built = machine.builtFor.isEmpty ? "any x86-64 (baseline)" : machine.builtFor.joined(separator: " ")
        output.line("machine  \(machine.processor.isEmpty ? "unknown model" : machine.processor); built for \(built)")
        if let load {
            let cores = machine.usableCores == 1 ? "1 core" : "\(machine.usableCores) cores"
            output.line("load     \(fixed(load, 1)) on \(cores)\(load > 0.5 ? ": others use the caches and the clock too" : "")")
        }
        output.line(
            "peak     \(fixed(peak.fma, 1)) GFLOP/s of fused multiply-adds, \(fixed(peak.sgemm, 1)) of OpenBLAS's product of 1024³"
        )
        output.line("         with its kernels for \(machine.blasCore)")
        for variable in steering {
            output.line(
                "         \(variable.name)=\(variable.value) steers OpenBLAS, so its figure may be too low (ours do not use it): unset it",
                .yellow)
        }
        output.line()
        showResults(on: output)
        for (name, traffic) in results.compactMap({ result in result.traffic.map { (result.name, $0) } }) {
            output.line(
                "\(name) moves \(fixed(traffic.bytesPerSecond / 1e9, 1)) GB/s, \(fixed(100 * traffic.shareOfCopy, 0)) % of a copy's "
                    + "\(fixed(traffic.copyBytesPerSecond / 1e9, 1)).")
        }
        if let ratio = tapeOverHand {
            output.line("The tape takes \(fixed(ratio, 2)) times as long as its kernels called by hand.")
        }
        for name in ProductCases.spilled(results, peak: peak) + ConvolutionCases.spilled(results, peak: peak) {
            output.line("\(name) runs as if its sums had left the registers: choose a smaller tile.", .yellow)
        }
        for (name, parts) in breakdowns {
            output.line()
            show(parts, of: name, on: output)
        }
    }

    private func showResults(on output: Output) {
        let width = max(4, results.map(\.name.count).max() ?? 0)
        output.line(
            left("case", width) + right("per second", 15) + right("spread", 9) + right("GFLOP/s", 10) + right("of peak", 9), .bold
        )
        for result in results {
            let share = result.share(of: peak).map { "\(fixed(100 * $0, 0)) %" } ?? ""
            output.line(
                left(result.name, width) + right(perSecond(result.perSecond), 15) + right("\(fixed(100 * result.spread, 1)) %", 9)
                    + right(result.gigaflops.map { fixed($0, 1) } ?? "", 10) + right(share, 9))
        }
    }

    private func show(_ parts: [UpdatePart], of name: String, on output: Output) {
        let total = parts.reduce(0) { $0 + $1.seconds }
        output.line(
            left("\(name), part by part", 36) + right("forward", 9) + right("backward", 10) + right("share", 8)
                + right("GFLOP/s", 10) + right("of peak", 9), .bold)
        for part in parts {
            func microseconds(_ seconds: Double) -> String { seconds == 0 ? "" : "\(fixed(1e6 * seconds, 2)) µs" }
            output.line(
                left("\(part.name), \(part.width) wide", 36) + right(microseconds(part.forward), 9)
                    + right(microseconds(part.backward), 10)
                    + right("\(fixed(100 * part.seconds / total, 0)) %", 8)
                    + right(part.gigaflops.map { fixed($0, 1) } ?? "", 10)
                    + right(part.gigaflops.map { "\(fixed(100 * $0 / peak.fma, 0)) %" } ?? "", 9))
        }
        output.line("Each part by itself, in a loop; together \(fixed(1e6 * total, 2)) µs.", .dim)
    }

    private func left(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func perSecond(_ value: Double) -> String { value < 1000 ? fixed(value, 1) : grouped(Int(value.rounded())) }

    /// Exactly `places` digits after the point, never scientific: columns stay aligned.
    private func fixed(_ value: Double, _ places: Int) -> String {
        let unit = pow(10, Double(places))
        guard value.isFinite, abs(value) * unit < 1e15 else { return "\(value)" }
        let whole = Int((abs(value) * unit).rounded()), scale = Int(unit)
        let fraction = String(whole % scale)
        let sign = value < 0 && whole > 0 ? "-" : ""
        return places == 0
            ? "\(sign)\(whole)" : "\(sign)\(whole / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
    }
}
