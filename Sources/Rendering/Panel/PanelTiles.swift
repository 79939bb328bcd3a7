// Pictures side by side with a name below each: how large they may be, and where each stands.
import RLCore

/// Equal tiles in rows, as large as fits.
struct PanelTiles {
    let columns: Int
    let rows: Int
    /// Of the picture in a tile, in pixels.
    let width: Double
    let height: Double
    private let pitch: (across: Double, along: Double)
    private let area: Rectangle
    private let caption: Double

    /// - Parameters:
    ///   - aspect: width by height of every picture.
    ///   - most: how high a picture may be.
    init(_ count: Int, aspect: Double, most: Double = .infinity, in area: Rectangle, _ style: PanelStyle) {
        let caption = 1.8 * style.small, gap = 0.9 * style.text
        var best: (columns: Int, height: Double) = (1, 0)
        for columns in 1...max(1, count) {
            let rows = Double((count + columns - 1) / columns)
            let across = (area.width - Double(columns - 1) * gap) / Double(columns) / aspect
            let along = (area.height - rows * caption - (rows - 1) * gap) / rows
            let height = min(across, along, most)
            if height > best.height { best = (columns, height) }
        }
        columns = best.columns
        rows = (count + columns - 1) / columns
        height = best.height
        width = best.height * aspect
        // Columns share the width, so that names have room.
        pitch = ((area.width + gap) / Double(columns), height + caption + gap)
        self.area = area
        self.caption = caption
    }

    /// Height of all, names included.
    var totalHeight: Double { Double(rows) * pitch.along - (pitch.along - height - caption) }

    func picture(_ index: Int) -> Rectangle {
        Rectangle(
            x: area.x + Double(index % columns) * pitch.across, y: area.y + Double(index / columns) * pitch.along, width: width,
            height: height)
    }

    func drawName(_ name: String, of index: Int, with pen: inout PanelPen) {
        let picture = picture(index), small = pen.style.small
        // The last column ends with the area.
        let room = min(pitch.across - 0.5 * small, area.x + area.width - picture.x)
        pen.write(
            name, at: Point(picture.x, picture.y + picture.height + 0.95 * small), room: room, height: small, PanelStyle.faint)
    }
}
