// Paints a scene on a picture in software, anti-aliased, at any size; no display is ever touched.
public import RLCore

extension Picture {
    /// A scene alone, as large as fits, its background around it.
    public init(_ scene: Scene, width: Int, height: Int) {
        self.init(width: width, height: height, scene.background)
        paint(scene, in: area)
    }

    /// Paints `scene` as large as fits into `area`, centred, unstretched; its background fills the rest of the area.
    public mutating func paint(_ scene: Scene, in area: PixelArea) {
        let area = area.clipped(to: self.area)
        guard area.width > 0, area.height > 0, scene.bounds.width > 0, scene.bounds.height > 0 else { return }
        blend(
            scene.background, columns: area.x..<(area.x + area.width), rows: area.y..<(area.y + area.height),
            coverage: { _, _ in 1 })
        let view = View(of: scene.bounds, in: area)
        for element in scene.elements { paint(element, view) }
    }

    private mutating func paint(_ element: Scene.Element, _ view: View) {
        switch element {
        case .rectangle(let area, let corner, let colour):
            let shown = view.rectangle(area)
            if corner > 0 {
                fillRounded(shown, corner: min(corner * view.scale, min(shown.width, shown.height) / 2), colour, view.area)
            } else {
                fill(shown, colour, view.area)
            }
        case .circle(let centre, let radius, let colour): fillCircle(view.point(centre), radius * view.scale, colour, view.area)
        case .polygon(let points, let colour): fillPolygon(points.map(view.point), colour, view.area)
        case .line(let points, let width, let colour): stroke([points.map(view.point)], width * view.scale, colour, view.area)
        case .text(let words, let point, let height, let alignment, let colour):
            write(words, at: view.point(point), height: height * view.scale, colour, alignment, in: view.area)
        case .pixels(let bytes, let width, let height, let area):
            copy(bytes, width: width, height: height, to: view.rectangle(area), view.area)
        }
    }
}

extension PixelArea {
    func clipped(to other: PixelArea) -> PixelArea {
        let left = max(x, other.x), top = max(y, other.y)
        let right = min(x + width, other.x + other.width), bottom = min(y + height, other.y + other.height)
        return PixelArea(x: left, y: top, width: max(0, right - left), height: max(0, bottom - top))
    }
}

/// From world units to pixels; a pixel's centre lies at its number and a half.
struct View {
    let area: PixelArea
    /// Pixels for one unit.
    let scale: Double
    private let origin: Point

    init(of bounds: Rectangle, in area: PixelArea) {
        self.area = area
        scale = min(Double(area.width) / bounds.width, Double(area.height) / bounds.height)
        origin = Point(
            Double(area.x) + (Double(area.width) - bounds.width * scale) / 2 - bounds.x * scale,
            Double(area.y) + (Double(area.height) - bounds.height * scale) / 2 - bounds.y * scale)
    }
    func point(_ point: Point) -> Point { Point(origin.x + point.x * scale, origin.y + point.y * scale) }
    func rectangle(_ area: Rectangle) -> Rectangle {
        let corner = point(Point(area.x, area.y))
        return Rectangle(x: corner.x, y: corner.y, width: area.width * scale, height: area.height * scale)
    }
}
