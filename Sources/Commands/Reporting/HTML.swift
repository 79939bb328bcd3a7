// The few HTML elements that a report is made of; text from files cannot become markup.

struct HTML {
    private(set) var body = ""

    mutating func raw(_ markup: String) { body += markup + "\n" }
    mutating func heading(_ text: String) { raw("<h2>\(escapedForMarkup(text))</h2>") }
    mutating func paragraph(_ text: String, class style: String = "") {
        raw("<p\(style.isEmpty ? "" : " class=\"\(style)\"")>\(escapedForMarkup(text))</p>")
    }
    mutating func code(_ text: String) { raw("<pre>\(escapedForMarkup(text))</pre>") }

    /// - Parameter numbers: the columns that are aligned to the right.
    mutating func table(_ header: [String], _ rows: [[String]], numbers: Set<Int> = []) {
        func line(_ cells: [String], _ tag: String) -> String {
            let written = cells.enumerated().map { index, cell in
                "<\(tag)\(numbers.contains(index) ? " class=\"number\"" : "")>\(escapedForMarkup(cell))</\(tag)>"
            }
            return "<tr>\(written.joined())</tr>"
        }
        raw("<table>")
        if !header.isEmpty { raw("<thead>\(line(header, "th"))</thead>") }
        raw("<tbody>")
        for row in rows { raw(line(row, "td")) }
        raw("</tbody></table>")
    }

    /// - Parameter style: rules for this page besides those of every page.
    func document(title: String, style: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>\(escapedForMarkup(title))</title>
        <style>
        body { font: 15px/1.45 Helvetica, Arial, sans-serif; color: #1a1a1a; background: #fff; max-width: 62rem; margin: 2rem auto;
          padding: 0 1.2rem; }
        h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #ccc; }
        table { border-collapse: collapse; margin: .6rem 0; font-size: .92em; }
        th, td { text-align: left; padding: .18rem .9rem .18rem 0; border-bottom: 1px solid #e6e6e6; vertical-align: top; }
        th { font-weight: 600; } .number { text-align: right; font-variant-numeric: tabular-nums; }
        pre { background: #f4f4f4; padding: .7rem .9rem; overflow-x: auto; white-space: pre-wrap; }
        svg { max-width: 100%; height: auto; } .quiet { color: #555; } .charts { display: flex; flex-wrap: wrap; gap: .6rem; }
        .alarm { border-left: 4px solid #d55e00; padding-left: .8rem; }
        @media print { h2 { break-after: avoid; } svg, table { break-inside: avoid; } }
        \(style)
        </style>
        </head>
        <body>
        \(body)</body>
        </html>

        """
    }
}
