// What is dangerous stays where it belongs: pointers, unchecked promises of thread safety.

import Testing

@Suite("Confinement")
struct ConfinementTests {
    /// Every line of code under Sources that matches, as `file:line`.
    func places(of pattern: Regex<Substring>, unless allowed: (String) -> Bool) throws -> [String] {
        try Repository.files(below: "Sources").filter { $0.hasSuffix(".swift") && !allowed($0) }.flatMap { file in
            try Repository.code(of: file).enumerated().filter { $0.element.contains(pattern) }.map { "\(file):\($0.offset + 1)" }
        }
    }

    @Test("pointers live in Kernels and where the system or SDL is called")
    func pointers() throws {
        let pointer = #/\bUnsafe\w*Pointer\b|\bOpaquePointer\b|\bwithUnsafe\w+/#
        let found = try places(of: pointer, unless: mayHoldPointers)
        #expect(found.isEmpty, "pointers outside their rooms: \(found)")
        #expect(
            try !places(of: pointer, unless: { !mayHoldPointers($0) }).isEmpty, "Kernels holds pointers, or the pattern is wrong")
    }

    @Test("nobody above Kernels promises thread safety unchecked")
    func uncheckedSendable() throws {
        let found = try places(of: #/@unchecked\s+Sendable/#) { $0.hasPrefix("Sources/Kernels/") }
        #expect(found.isEmpty, "@unchecked Sendable above Kernels: \(found)")
    }

    /// What is learned would depend on the machine's BLAS otherwise; only measurements put it beside our own.
    @Test("nobody but Measuring computes with OpenBLAS")
    func products() throws {
        let call = #/\bOpenBLAS\s*\.\s*(?:product|convolution)\b|\bcblas_\w+/#
        let found = try places(of: call) { $0.hasPrefix("Sources/Kernels/OpenBLAS") || $0.hasPrefix("Sources/Measuring/") }
        #expect(found.isEmpty, "OpenBLAS computes in \(found)")
        #expect(
            try !places(of: call) { !$0.hasPrefix("Sources/Measuring/") }.isEmpty,
            "Measuring computes with it, or the pattern is wrong")
    }
}
