// Worlds of states in the panel: the learned values beside the exact ones.
import RLCore

struct PanelMaps: PanelSection {
    let maps: [PanelContents.Map]

    private var aspect: Double {
        guard let bounds = maps.first?.scene.bounds, bounds.width > 0, bounds.height > 0 else { return 1 }
        return max(0.1, min(10, bounds.width / bounds.height))
    }
    private func tiles(_ area: Rectangle, _ style: PanelStyle) -> PanelTiles {
        PanelTiles(maps.count, aspect: aspect, in: area, style)
    }
    func leastHeight(_ style: PanelStyle) -> Double {
        style.heading + 1.8 * style.small + min(8 * style.text, style.width / aspect)
    }
    /// Wide ones one below the other, so that their numbers can be read; others side by side.
    func idealHeight(_ style: PanelStyle) -> Double {
        let isWide = aspect > 1.8
        let width = isWide ? style.width : maps.count == 1 ? 0.6 * style.width : (style.width - 0.9 * style.text) / 2
        let rows = isWide ? maps.count : (maps.count + 1) / 2
        let tile = width / aspect + 1.8 * style.small
        return max(leastHeight(style), style.heading + Double(rows) * tile + Double(rows - 1) * 0.9 * style.text)
    }
    func draw(in area: Rectangle, with pen: inout PanelPen) {
        let body = pen.heading(maps.count > 1 ? "values of the states" : "value of the states", in: area)
        let tiles = tiles(body, pen.style)
        for (index, map) in maps.enumerated() where tiles.height >= 1 {
            pen.inset(map.scene, in: tiles.picture(index))
            tiles.drawName(map.title, of: index, with: &pen)
        }
    }
}
