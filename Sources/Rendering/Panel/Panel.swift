// The panel beside a world as a picture: its sections from top to bottom, as many as fit.
import RLCore

extension Picture {
    /// Paints `contents` over the whole of `area`; what does not fit is left out, from the bottom upwards.
    public mutating func paintPanel(_ contents: PanelContents, in area: PixelArea) {
        let area = area.clipped(to: self.area)
        guard area.width > 0, area.height > 0 else { return }
        let panel = Panel(contents, width: area.width, height: area.height)
        paint(panel.scene, in: area)
        for inset in panel.insets {
            let place = PixelArea(
                x: area.x + Int(inset.area.x.rounded()), y: area.y + Int(inset.area.y.rounded()),
                width: Int(inset.area.width.rounded(.down)), height: Int(inset.area.height.rounded(.down)))
            paint(inset.scene, in: place.clipped(to: area))
        }
    }
}

/// A part of the panel that is shown as a whole or not at all.
protocol PanelSection {
    /// With less height than this it is left out.
    func leastHeight(_ style: PanelStyle) -> Double
    /// More than this it does not need.
    func idealHeight(_ style: PanelStyle) -> Double
    /// Whether it is made of lines, of which one more tells something new; charts and pictures only grow.
    var isText: Bool { get }
    /// Draws inside `area`, which is at least as high as the least height.
    func draw(in area: Rectangle, with pen: inout PanelPen)
}

extension PanelSection {
    var isText: Bool { false }
}

/// Where everything stands: one scene in pixels, and the scenes that are inset.
struct Panel {
    let scene: Scene
    let insets: [(scene: Scene, area: Rectangle)]

    init(_ contents: PanelContents, width: Int, height: Int) {
        let style = PanelStyle(width: width)
        var pen = PanelPen(style, width: width, height: height)
        // Narrower than a few words, it stays empty.
        if style.width >= 8 * style.text {
            Panel.draw(contents.sections, height: Double(height) - 2 * style.margin, with: &pen)
        }
        scene = pen.scene
        insets = pen.insets
    }

    /// Each section gets its least height. Of what is left, those of text get what they need, in order, and the others as much as brings
    /// all of them equally near to their ideal.
    private static func draw(_ sections: [any PanelSection], height: Double, with pen: inout PanelPen) {
        let style = pen.style
        var shown: [(section: any PanelSection, own: Double, wish: Double)] = []
        var used = -style.gap
        for section in sections {
            let least = section.leastHeight(style)
            guard used + style.gap + least <= height else { break }
            used += style.gap + least
            shown.append((section, least, max(0, section.idealHeight(style) - least)))
        }
        for index in shown.indices where shown[index].section.isText {
            let more = min(shown[index].wish, height - used)
            shown[index].own += more
            shown[index].wish = 0
            used += more
        }
        let wishes = shown.reduce(0) { $0 + $1.wish }
        let share = wishes > 0 ? min(1, (height - used) / wishes) : 0
        var y = style.margin
        for (section, least, wish) in shown {
            let own = least + wish * share
            section.draw(in: Rectangle(x: style.margin, y: y, width: style.width, height: own), with: &pen)
            y += own + style.gap
        }
    }
}

/// Sections side by side.
struct PanelRow: PanelSection {
    let sections: [any PanelSection]

    func leastHeight(_ style: PanelStyle) -> Double { sections.map { $0.leastHeight(style) }.max() ?? 0 }
    func idealHeight(_ style: PanelStyle) -> Double { sections.map { $0.idealHeight(style) }.max() ?? 0 }
    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let count = Double(sections.count), gap = pen.style.gap
        let width = (area.width - gap * (count - 1)) / count
        for (index, section) in sections.enumerated() {
            let x = area.x + Double(index) * (width + gap)
            section.draw(in: Rectangle(x: x, y: area.y, width: width, height: area.height), with: &pen)
        }
    }
}

extension PanelContents {
    /// The most important first.
    var sections: [any PanelSection] {
        var sections: [any PanelSection] = [PanelTitle(title: title, subtitle: subtitle)]
        if !facts.isEmpty { sections.append(PanelFacts(facts: facts)) }
        if !lines.isEmpty && insight == nil { sections.append(PanelLines(lines: lines)) }
        if let scores = PanelBars(self) { sections.append(scores) }
        if !learningCurve.isEmpty { sections.append(PanelChart(learningCurve: learningCurve)) }
        let charts = [
            PanelChart(values: values, exact: exactValue), returns.count > 1 ? PanelChart(returns: returns) : nil,
        ].compactMap { $0 }
        if !charts.isEmpty { sections.append(PanelRow(sections: charts)) }
        if !maps.isEmpty { sections.append(PanelMaps(maps: maps)) }
        if let sight = PanelSight(insight) { sections.append(sight) }
        if finishedReturns.count > 1 { sections.append(PanelChart(finishedReturns: finishedReturns)) }
        if !lines.isEmpty && insight != nil { sections.append(PanelLines(lines: lines)) }
        return sections
    }
}
