// Results in the XML that CI services read.

/// One suite of test cases in JUnit's format, without times: equal results give equal files.
struct JUnitReport {
    struct Case {
        let name: String
        let className: String
        let ending: Ending
    }
    enum Ending {
        case passed(String), failed(String)
        /// It could not be tried at all.
        case error(String)
    }
    let suite: String
    let cases: [Case]

    var text: String {
        let failures = cases.count { if case .failed = $0.ending { true } else { false } }
        let errors = cases.count { if case .error = $0.ending { true } else { false } }
        let counts = #"tests="\#(cases.count)" failures="\#(failures)" errors="\#(errors)""#
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites \(counts)>",
            #"  <testsuite name="\#(escaped(suite))" \#(counts) skipped="0">"#,
        ]
        for testCase in cases {
            lines.append(#"    <testcase name="\#(escaped(testCase.name))" classname="\#(escaped(testCase.className))">"#)
            switch testCase.ending {
            case .passed(let text): lines.append("      <system-out>\(escaped(text))</system-out>")
            case .failed(let text): lines.append(#"      <failure message="\#(escaped(text))"/>"#)
            case .error(let text): lines.append(#"      <error message="\#(escaped(text))"/>"#)
            }
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
            default: result.unicodeScalars.append(isForbidden(scalar) ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }
    private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0xFFFE || scalar.value == 0xFFFF
    }
}
