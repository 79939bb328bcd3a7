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

    /// A line feed in an attribute would be read back as a space.
    private func escaped(_ text: String) -> String { escapedForMarkup(text, keepingLines: false) }
}
