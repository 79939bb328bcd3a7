// Results in the XML that CI services read.

/// One suite of test cases in JUnit's format, without times: equal results give equal files.
struct JUnitReport {
    struct Case {
        let name: String
        let className: String
        let output: String
        /// Nil when it passed.
        let failure: String?
    }
    let suite: String
    let cases: [Case]

    var text: String {
        let failures = cases.count { $0.failure != nil }
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<testsuites tests="\#(cases.count)" failures="\#(failures)">"#,
            #"  <testsuite name="\#(escaped(suite))" tests="\#(cases.count)" failures="\#(failures)" errors="0" skipped="0">"#,
        ]
        for testCase in cases {
            lines.append(#"    <testcase name="\#(escaped(testCase.name))" classname="\#(escaped(testCase.className))">"#)
            if let failure = testCase.failure { lines.append(#"      <failure message="\#(escaped(failure))"/>"#) }
            lines.append("      <system-out>\(escaped(testCase.output))</system-out>")
            lines.append("    </testcase>")
        }
        return (lines + ["  </testsuite>", "</testsuites>", ""]).joined(separator: "\n")
    }

    /// XML 1.0 cannot hold control characters at all, so they become a replacement character.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
}
