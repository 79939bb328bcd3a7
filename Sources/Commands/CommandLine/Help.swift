// The pages that `--help` prints, laid out from what commands declare.

extension Command {
    /// `rl train ALGORITHM ENVIRONMENT [options]`.
    package static func usage(program: String) -> String {
        let declarations = Declaration.all(of: Self())
        var words = [program, name]
        for place in declarations where place.role == .argument {
            let word = place.name + (place.isRepeatable ? "…" : "")
            words.append(place.minimum > 0 ? word : "[\(word)]")
        }
        if declarations.contains(where: { $0.role != .argument }) { words.append("[options]") }
        return words.joined(separator: " ")
    }

    /// The page of `rl NAME --help`, ending with a line feed.
    package static func helpPage(program: String, width: Int) -> String {
        let declarations = Declaration.all(of: Self())
        var page = Page(width: width)
        page.paragraph("usage: " + usage(program: program), indentingRest: 7)
        page.gap()
        page.paragraph(capitalized(summary) + ".")
        for paragraph in paragraphs(discussion) {
            page.gap()
            page.paragraph(paragraph)
        }
        let arguments = declarations.filter { $0.role == .argument }.map { ($0.name, describe($0)) }
        let options = declarations.filter { $0.role != .argument }.map { (heading(of: $0), describe($0)) }
        let all = options + [("-h, --help", "show this page")]
        let column = Page.column(for: (arguments + all).map(\.0))
        page.table("arguments", arguments, column: column)
        page.table("options", all, column: column)
        if !examples.isEmpty {
            page.gap()
            page.paragraph(examples.count == 1 ? "example" : "examples")
            for example in examples { page.verbatim("  " + example) }
        }
        return page.text
    }
}

extension Application {
    /// The page of `rl --help`, ending with a line feed.
    package func helpPage(width: Int) -> String {
        var page = Page(width: width)
        page.paragraph("usage: \(name) COMMAND [arguments] [options]")
        page.gap()
        page.paragraph(summary)
        let rows = commands.map { ($0.name, $0.summary) }
        page.table("commands", rows, column: Page.column(for: rows.map(\.0)))
        page.gap()
        page.paragraph("\(name) COMMAND --help shows a command's arguments, options and examples; \(name) --version the version.")
        return page.text
    }
}

private func heading(of declaration: Declaration) -> String {
    ([declaration.name] + (declaration.valueName.map { [$0] } ?? [])).joined(separator: " ")
}

private func describe(_ declaration: Declaration) -> String {
    var notes: [String] = []
    if declaration.isRepeatable && declaration.role == .option { notes.append("repeatable") }
    if let text = declaration.defaultText { notes.append("default \(text)") }
    return declaration.help + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
}

private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

private func paragraphs(_ text: String) -> [String] {
    var result: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.isEmpty { result.append([]) } else { result[result.count - 1].append(line) }
    }
    return result.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
}

/// Lines of text under construction, none wider than `width` unless a single word or an example is.
struct Page {
    let width: Int
    private(set) var lines: [String] = []

    init(width: Int) { self.width = width }

    var text: String { lines.map { $0 + "\n" }.joined() }

    mutating func gap() { lines.append("") }
    mutating func verbatim(_ line: String) { lines.append(line) }
    mutating func paragraph(_ text: String, indentingRest indent: Int = 0) {
        lines += wrapped(text, width: width - indent).enumerated().map { ($0 == 0 ? "" : spaces(indent)) + $1 }
    }

    /// A heading and two columns; nothing at all without rows. Names that reach into the second column get a line of their own.
    mutating func table(_ heading: String, _ rows: [(String, String)], column: Int) {
        guard !rows.isEmpty else { return }
        gap()
        lines.append(heading)
        for (name, text) in rows {
            var rest = wrapped(text, width: width - column)[...]
            if name.columns + 4 <= column {
                lines.append("  " + name + spaces(column - 2 - name.columns) + (rest.popFirst() ?? ""))
            } else {
                lines.append("  " + name)
            }
            lines += rest.map { spaces(column) + $0 }
        }
    }

    /// Where the second column begins: two spaces after the longest name, 30 at most.
    static func column(for names: [String]) -> Int { min(30, (names.map(\.columns).max() ?? 0) + 4) }
}

private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

/// Breaks `text` at spaces; at least one line.
private func wrapped(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
        let last = lines[lines.count - 1]
        if last.isEmpty {
            lines[lines.count - 1] = String(word)
        } else if last.columns + 1 + String(word).columns <= width {
            lines[lines.count - 1] = last + " " + word
        } else {
            lines.append(String(word))
        }
    }
    return lines
}
