// `rl doctor`: what this machine has, what slows it down, and what to do about it.

import Training

struct Doctor: Command {
    static let name = "doctor"
    static let summary = "checks this machine and says what to do about what it finds"
    static let discussion = """
        Looks at the CPU and what the program was built for, OpenBLAS and the variables that steer it, cores, disk, display, \
        optional tools and the terminal. Changes nothing; a warning is no error, so the exit status is 0.
        """
    static let examples = ["rl doctor", "rl doctor --json"]

    @Flag("--json", help: "print one JSON document and nothing else") var json

    mutating func run(_ context: inout Context) throws {
        let findings = MachineFacts.gather(context).findings
        if json {
            let document: JSON = [
                "version": JSON(context.application.version), "warnings": JSON(findings.count { $0.level == .warning }),
                "findings": .array(findings.map(\.json)),
            ]
            context.output.line(JSONWriter.pretty(document))
        } else {
            show(findings, on: context.output)
        }
    }

    private func show(_ findings: [Finding], on output: Output) {
        let column = (findings.map(\.name.columns).max() ?? 0) + 2
        for finding in findings {
            let isGood = finding.level == .good
            output.write(isGood ? "ok    " : "warn  ", isGood ? .green : .yellow)
            output.write(finding.name + String(repeating: " ", count: column - finding.name.columns), .bold)
            output.line(finding.value.escapedForTerminal())
            if !finding.advice.isEmpty {
                output.line(String(repeating: " ", count: column + 6) + "→ " + finding.advice, isGood ? .dim : .plain)
            }
        }
        let warnings = findings.count { $0.level == .warning }
        output.line()
        output.line(warnings == 0 ? "Nothing slows this machine down." : warnings == 1 ? "1 warning." : "\(warnings) warnings.")
    }
}
