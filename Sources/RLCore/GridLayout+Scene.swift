// Draws worlds of states: as a map where they have one, as a row of circles where they have none.

extension GridLayout {
    /// Cells are one unit wide. Values and actions that the scene was given stand in their cells.
    ///
    /// - Parameter state: where the agent is drawn; nil for nowhere.
    public func draw(agentIn state: Int?, on scene: inout Scene) {
        scene.background = .white
        scene.bounds = Rectangle(x: -0.1, y: -0.1, width: Double(columns) + 0.2, height: Double(rows) + 0.2)
        let tint = ValueTint(scene.stateValues)
        for cell in letters.indices {
            let x = Double(cell % columns), y = Double(cell / columns)
            drawCell(letters[cell], at: Point(x, y), tint.colour(of: states[cell]), on: &scene)
            guard let here = states[cell] else { continue }
            let ends = "GH".contains(letters[cell])
            if let actions = scene.stateActions, actions.indices.contains(here), let action = actions[here], !ends {
                drawArrow(action, in: Point(x, y), on: &scene)
            }
            if let values = scene.stateValues, values.indices.contains(here), let value = values[here] {
                let height = scene.stateActions == nil ? 0.13 : 0.1
                scene.text(shortened(value), at: Point(x + 0.5, y + 0.86), height: height, Palette.ink)
            }
        }
        if let state, let cell = states.firstIndex(of: state) {
            let centre = Point(Double(cell % columns) + 0.5, Double(cell / columns) + 0.5)
            scene.circle(centre, radius: 0.24, Palette.ink)
            scene.circle(centre, radius: 0.2, Palette.agent)
        }
    }

    private func drawCell(_ letter: Character, at corner: Point, _ tint: Colour?, on scene: inout Scene) {
        let area = Rectangle(x: corner.x + 0.02, y: corner.y + 0.02, width: 0.96, height: 0.96)
        let centre = Point(corner.x + 0.5, corner.y + 0.5)
        let ground: Colour
        switch letter {
        case "#": ground = Palette.wall
        case "C": ground = Palette.danger
        case "G": ground = Palette.goal
        case "S": ground = Palette.start
        default: ground = Palette.floor
        }
        scene.rectangle(area, corner: 0.06, ground)
        if let tint, letter != "#", letter != "C" { scene.rectangle(area, corner: 0.06, tint) }
        switch letter {
        case "H": scene.circle(centre, radius: 0.36, Palette.hole)
        case "G":
            scene.line(
                [Point(centre.x - 0.16, centre.y + 0.3), Point(centre.x - 0.16, centre.y - 0.32)], width: 0.05, Palette.ink)
            let flag = [(-0.14, -0.32), (0.26, -0.18), (-0.14, -0.04)].map { Point(centre.x + $0.0, centre.y + $0.1) }
            scene.polygon(flag, Palette.danger)
        case "#", "C", ".", "F", " ": break
        default: scene.text(String(letter), at: Point(corner.x + 0.16, corner.y + 0.18), height: 0.16, Palette.faint)
        }
    }

    private func drawArrow(_ action: Int, in corner: Point, on scene: inout Scene) {
        guard arrows.indices.contains(action) else { return }
        let centre = Point(corner.x + 0.5, corner.y + 0.46)
        guard let way = direction(of: arrows[action]) else {
            scene.circle(centre, radius: 0.05, Palette.ink)
            return
        }
        let tip = Point(centre.x + way.x * 0.26, centre.y + way.y * 0.26)
        let tail = Point(centre.x - way.x * 0.26, centre.y - way.y * 0.26)
        let side = Point(-way.y, way.x)
        let barbs = [1.0, -1].map { Point(tip.x - way.x * 0.14 + side.x * 0.11 * $0, tip.y - way.y * 0.14 + side.y * 0.11 * $0) }
        scene.line([tail, tip], width: 0.05, Palette.ink)
        scene.line([barbs[0], tip, barbs[1]], width: 0.05, Palette.ink)
    }

    /// Of length one; nil for standing still.
    private func direction(of arrow: Character) -> Point? {
        let diagonal = 0.5.squareRoot()
        switch arrow {
        case "←": return Point(-1, 0)
        case "→": return Point(1, 0)
        case "↑": return Point(0, -1)
        case "↓": return Point(0, 1)
        case "↖": return Point(-diagonal, -diagonal)
        case "↗": return Point(diagonal, -diagonal)
        case "↙": return Point(-diagonal, diagonal)
        case "↘": return Point(diagonal, diagonal)
        default: return nil
        }
    }
}

/// Draws a model's states as numbered circles in reading order, the present one filled.
func drawStates(count: Int, present state: Int, on scene: inout Scene) {
    // Beyond these no number could be read; the present state is still named.
    let shown = min(count, 240)
    let columns = max(1, min(shown, shown <= 8 ? shown : Int(Double(2 * shown).squareRoot().rounded(.up))))
    let rows = (shown + columns - 1) / columns
    let width = max(Double(columns), 4)
    scene.background = .white
    scene.bounds = Rectangle(x: 0, y: -0.7, width: width, height: Double(rows) + 0.8)
    scene.text("state \(state) of \(count)", at: Point(width / 2, -0.3), height: 0.2, Palette.ink)
    let tint = ValueTint(scene.stateValues)
    let left = (width - Double(columns)) / 2
    for i in 0..<shown {
        let centre = Point(left + Double(i % columns) + 0.5, Double(i / columns) + 0.5)
        scene.circle(centre, radius: 0.42, Palette.ink)
        scene.circle(centre, radius: 0.38, i == state ? Palette.agent : Palette.floor)
        if let colour = tint.colour(of: i), i != state { scene.circle(centre, radius: 0.38, colour) }
        scene.text("\(i)", at: centre, height: 0.2, Palette.ink)
    }
}

/// Few colours for all worlds of states; distinguishable without telling red from green.
enum Palette {
    static let ink = Colour(38, 41, 48)
    static let faint = Colour(38, 41, 48, opacity: 120)
    static let floor = Colour(232, 236, 240)
    static let start = Colour(205, 222, 240)
    static let goal = Colour(250, 224, 140)
    static let wall = Colour(88, 94, 104)
    static let danger = Colour(196, 78, 58)
    static let hole = Colour(40, 78, 128)
    static let agent = Colour(240, 140, 40)
}

/// Blue for what is worth more, red for less, between the least and the greatest value.
private struct ValueTint {
    private let values: [Double?]
    private let low: Double
    private let high: Double

    init(_ values: [Double?]?) {
        self.values = values ?? []
        let known = self.values.compactMap { $0 }.filter(\.isFinite)
        low = known.min() ?? 0
        high = known.max() ?? 0
    }
    func colour(of state: Int?) -> Colour? {
        guard let state, values.indices.contains(state), let value = values[state], value.isFinite, high > low else { return nil }
        let share = (value - low) / (high - low)
        let strength = UInt8((abs(share - 0.5) * 2 * 150).rounded())
        return share >= 0.5 ? Colour(60, 120, 200, opacity: strength) : Colour(220, 110, 70, opacity: strength)
    }
}

/// About four digits, for a cell.
private func shortened(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    let size = abs(value)
    let scale = size < 10 ? 1000.0 : size < 100 ? 100 : size < 1000 ? 10 : 1
    let rounded = (value * scale).rounded() / scale
    return scale == 1 ? "\(Int64(max(-9e15, min(9e15, rounded))))" : "\(rounded == 0 ? 0 : rounded)"
}
