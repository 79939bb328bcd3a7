// What `rl bench` has measured, as one JSON document.

import Glibc
package import Measuring
package import Training

package struct BenchReport {
    package var machine: MachineFacts
    /// Processes that wanted a core in the last minute, on average; nil when the system does not tell.
    package var load: Double?
    package var peak: MachinePeak
    package var results: [BenchResult] = []
    /// Where the time of some updates goes, each under its case's name; only of those that were measured.
    package var breakdowns: [(name: String, parts: [UpdatePart])] = []

    package init(machine: MachineFacts, load: Double?, peak: MachinePeak) {
        self.machine = machine
        self.load = load
        self.peak = peak
    }

    /// What steers OpenBLAS, and with it the figure that our products are compared with.
    package var steering: [(name: String, value: String)] {
        machine.environment.filter { $0.key.hasPrefix("OPENBLAS_") }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// How much longer the tape's update takes than the same kernels called by hand.
    package var tapeOverHand: Double? {
        func speed(_ name: String) -> Double? { results.first { $0.name == name }?.perSecond }
        guard let tape = speed(CoreBench.tapeName), let hand = speed(CoreBench.byHandName) else { return nil }
        return hand / tape
    }

    package var json: JSON {
        [
            "machine": [
                "processor": JSON(machine.processor), "features": JSON(machine.features), "built_for": JSON(machine.builtFor),
                "cores": JSON(machine.usableCores), "load": JSON(load), "openblas": JSON(machine.blasConfiguration),
                "openblas_kernels": JSON(machine.blasCore),
                "openblas_variables": .object(JSONObject(steering.map { ($0.name, JSON($0.value)) })),
            ],
            "peak_gflops": ["sgemm": rounded(peak.sgemm), "fma": rounded(peak.fma)],
            "cases": .array(
                results.map { .object(document($0)) }),
        ]
    }

    private func document(_ result: BenchResult) -> JSONObject {
        var document = JSONObject([
            ("name", JSON(result.name)), ("per_second", rounded(result.perSecond)), ("spread", rounded(result.spread)),
            ("gflops", result.gigaflops.map(rounded) ?? .null), ("share_of_peak", result.share(of: peak).map(rounded) ?? .null),
        ])
        if let traffic = result.traffic {
            document["bytes_per_second"] = rounded(traffic.bytesPerSecond)
            document["copy_bytes_per_second"] = rounded(traffic.copyBytesPerSecond)
            document["share_of_copy"] = rounded(traffic.shareOfCopy)
        }
        return document
    }

    /// Five digits: the rest is noise.
    private func rounded(_ value: Double) -> JSON {
        guard value != 0 && value.isFinite else { return JSON(value) }
        let unit = pow(10, floor(log10(abs(value))) - 4)
        return JSON(unit >= 1 ? (value / unit).rounded() * unit : (value / unit).rounded() / (1 / unit).rounded())
    }
}

/// Processes that wanted a core in the last minute.
func systemLoad() -> Double? {
    var loads = [0.0, 0, 0]
    return unsafe getloadavg(&loads, 3) > 0 ? loads[0] : nil
}
