// The judgements of `rl doctor`, on machines made up for the purpose.

import Commands
import Testing

@Suite struct DoctorTests {
    private let wide = ["avx", "avx2", "fma", "bmi2", "avx512f", "avx512bw", "avx512vl", "avx512dq"]

    /// A machine without fault.
    private var healthy: MachineFacts {
        var facts = MachineFacts()
        facts.processor = "Ideal CPU"
        facts.features = wide
        facts.builtFor = wide
        facts.cores = 8
        facts.usableCores = 8
        facts.blasCore = "SkylakeX"
        facts.blasConfiguration = "OpenBLAS 0.3.21"
        facts.blasThreads = 1
        facts.freeBytes = 100 << 30
        facts.ffmpeg = "/usr/bin/ffmpeg"
        facts.environment = ["DISPLAY": ":0", "LANG": "C.UTF-8"]
        facts.isTerminal = true
        return facts
    }

    private func warnings(_ change: (inout MachineFacts) -> Void) -> [Finding] {
        var facts = healthy
        change(&facts)
        return facts.findings.filter { $0.level == .warning }
    }

    @Test func aHealthyMachineHasNoWarning() {
        #expect(healthy.findings.count == 10)
        #expect(warnings { _ in } == [])
    }

    @Test func aForcedKernelIsWarnedAboutTwice() {
        let found = warnings {
            $0.environment["OPENBLAS_CORETYPE"] = "Haswell"
            $0.blasCore = "Haswell"
        }
        #expect(found.map(\.name) == ["OpenBLAS", "OPENBLAS_CORETYPE"])
        #expect(found.allSatisfy { $0.advice.contains("unset") })
    }

    @Test func kernelsBelowTheCPUAreWarnedAbout() {
        #expect(warnings { $0.blasCore = "Haswell" }.map(\.name) == ["OpenBLAS"])
        let narrow = ["avx", "avx2", "fma", "bmi2"]
        let modest = { (core: String) in
            self.warnings {
                $0.features = narrow
                $0.builtFor = narrow
                $0.blasCore = core
            }.map(\.name)
        }
        #expect(modest("Haswell") == [])
        #expect(modest("Zen") == [])
        #expect(modest("Sandybridge") == ["OpenBLAS"])
    }

    @Test func aBinaryThatLeavesFeaturesUnusedIsWarnedAbout() {
        let found = warnings { $0.builtFor = [] }
        #expect(found.map(\.name) == ["built for"])
        #expect(found.first?.value.hasPrefix("any x86-64 (baseline); unused here: avx avx2") == true)
    }

    @Test(arguments: [
        ("OMP_NUM_THREADS", "8", true), ("OMP_NUM_THREADS", "1", false), ("OPENBLAS_NUM_THREADS", "2", true),
        ("OPENBLAS_L2_SIZE", "512", true), ("OMP_SCHEDULE", "static", false), ("MKL_NUM_THREADS", "4", false),
    ])
    func variables(name: String, value: String, isWarning: Bool) {
        #expect(warnings { $0.environment[name] = value }.map(\.name) == (isWarning ? [name] : []))
        var facts = healthy
        facts.environment[name] = value
        #expect(facts.findings.contains { $0.name == name && $0.value.hasPrefix(value) })
    }

    @Test func threadsCoresDiskAndTerminal() {
        #expect(warnings { $0.blasThreads = 9 }.map(\.name) == ["BLAS threads"])
        #expect(warnings { $0.quota = 1.5 }.first?.value == "8, but the container allows the time of 1.5")
        #expect(warnings { $0.quota = 8 } == [])
        #expect(warnings { $0.freeBytes = 1 << 29 }.first?.value == "512 MiB free in the current folder")
        #expect(warnings { $0.freeBytes = nil }.map(\.name) == ["disk"])
        #expect(warnings { $0.canWriteHere = false }.map(\.name) == ["disk"])
        #expect(warnings { $0.environment["LANG"] = nil }.map(\.name) == ["terminal"])
        #expect(
            warnings {
                $0.environment["LANG"] = nil
                $0.isTerminal = false
            } == [])
        #expect(warnings { $0.ffmpeg = nil } == [])
    }

    @Test func factsAreReadFromTheSystemsText() {
        #expect(MachineFacts.processorName("processor : 0\nmodel name\t: Some  CPU @ 3 GHz\n") == "Some CPU @ 3 GHz")
        #expect(MachineFacts.processorName("nothing") == "")
        #expect(MachineFacts.allowedCores("Name:\trl\nCpus_allowed:\tff,00000003\nCpus_allowed_list:\t0-1\n") == 10)
        #expect(MachineFacts.allowedCores("") == nil)
        #expect(MachineFacts.cpuQuota("150000 100000\n") == 1.5)
        #expect(MachineFacts.cpuQuota("max 100000\n") == nil)
    }

    @Test func theReportOfThisMachine() {
        let invocation = Invocation("doctor", of: Bellman.application(), environment: ["OPENBLAS_CORETYPE": "Prescott"])
        #expect(invocation.status == 0)
        #expect(invocation.out.contains("\nwarn  OPENBLAS_CORETYPE  Prescott\n"))
        #expect(invocation.err == "")
    }

    @Test func jsonIsOneDocument() {
        let invocation = Invocation("doctor --json", of: Bellman.application(), environment: ["OPENBLAS_CORETYPE": "a\"b\\\u{1}"])
        #expect(invocation.out.hasPrefix("{\n  \"version\": \"\(Bellman.version)\",\n  \"warnings\": "))
        #expect(
            invocation.out.contains(
                "\"name\": \"OPENBLAS_CORETYPE\",\n      \"status\": \"warn\",\n      \"value\": \"a\\\"b\\\\\\u0001\""))
        #expect(invocation.out.hasSuffix("\n  ]\n}\n"))
    }
}
