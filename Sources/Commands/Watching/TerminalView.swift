// A page of a terminal that shows a session: the world in half blocks, the panel as text, a line of status, the help.

import RLCore
import Rendering

struct TerminalView {
    let columns: Int
    let rows: Int
    let colours: TerminalColours

    /// Where the panel stands: beside the world, below it, or nowhere.
    private enum PanelPlace {
        case beside(columns: Int)
        case below(rows: Int)
        case nowhere
    }

    func page(of session: WatchSession) -> TerminalPage {
        var page = TerminalPage(columns: columns, rows: rows, colours: colours)
        let height = rows - 1
        if height > 0 { draw(session, height, on: &page) }
        let ground: Colour? = colours == .none ? nil : .bar
        page.write(String(repeating: " ", count: columns), row: rows - 1, column: 0, on: ground)
        page.write(session.statusLine, row: rows - 1, column: 1, room: columns - 2, .brightText, on: ground)
        if session.showsHelp { write(session.helpSections, on: &page) }
        return page
    }

    /// - Parameter height: lines for world and panel.
    private func draw(_ session: WatchSession, _ height: Int, on page: inout TerminalPage) {
        var width = columns, below = 0
        switch session.showsPanel ? panelPlace(height) : .nowhere {
        case .beside(let taken): width -= taken
        case .below(let taken): below = taken
        case .nowhere: break
        }
        let scene = session.scene
        var picture = Picture(scene, width: width, height: 2 * (height - below))
        guard width < columns || below > 0 else { return page.paint(picture, row: 0, column: 0) }
        let panel = session.panel
        if colours != .none, let attention = panel.insight?.attention {
            picture.overlay(attention, over: scene.bounds, in: picture.area)
        }
        page.paint(picture, row: 0, column: 0)
        if below > 0 {
            page.writePanel(panel, row: height - below, column: 1, columns: columns - 2, rows: below)
        } else {
            page.writePanel(panel, row: 0, column: width + 2, columns: columns - width - 3, rows: height)
        }
    }

    /// The world keeps the larger part.
    private func panelPlace(_ height: Int) -> PanelPlace {
        if columns >= 72 { return .beside(columns: min(48, columns * 2 / 5)) }
        if height >= 24 && columns >= 24 { return .below(rows: height / 3) }
        return .nowhere
    }

    /// In the middle, as much as fits.
    private func write(_ sections: [HelpSection], on page: inout TerminalPage) {
        let keys = sections.flatMap(\.rows).map(\.keys.count).max() ?? 0
        var lines: [(keys: String, help: String)] = []
        for section in sections {
            if !lines.isEmpty { lines.append(("", "")) }
            lines.append((section.title, ""))
            lines += section.rows
        }
        let longest = lines.map { max($0.help.isEmpty ? $0.keys.count : 0, keys + 2 + $0.help.count) }.max() ?? 0
        let width = min(columns, longest + 4), height = min(rows - 1, lines.count + 2)
        let left = (columns - width) / 2, top = (rows - 1 - height) / 2
        let ground: Colour? = colours == .none ? nil : .bar
        for row in 0..<max(0, height) {
            page.write(String(repeating: " ", count: width), row: top + row, column: left, on: ground)
            guard row > 0, row <= lines.count, row < height - 1 else { continue }
            let line = lines[row - 1]
            page.write(
                line.keys, row: top + row, column: left + 2, room: width - 4, line.help.isEmpty ? .brightText : .keyText,
                on: ground)
            guard !line.help.isEmpty else { continue }
            page.write(
                line.help, row: top + row, column: left + 4 + keys, room: width - 6 - keys, .brightText, on: ground)
        }
    }
}
