// Where an agent looks, laid over what it looks at.
public import RLCore

extension Picture {
    /// Tints the part of `area` in which a scene with these bounds was painted: the more a place of `plane` counts, the warmer.
    ///
    /// The greatest number is tinted most; a plane without any positive number changes nothing.
    public mutating func overlay(_ plane: Insight.Plane, over bounds: Rectangle, in area: PixelArea) {
        let most = plane.values.max() ?? 0
        guard most > 0, most.isFinite, bounds.width > 0, bounds.height > 0 else { return }
        let area = area.clipped(to: self.area)
        let target = View(of: bounds, in: area).rectangle(bounds)
        let (columns, rows) = area.touched(
            left: target.x, top: target.y, right: target.x + target.width, bottom: target.y + target.height)
        let strengths = plane.values.map { $0 > 0 ? Double($0 / most) : 0 }
        let (width, height) = (plane.width, plane.height)
        let across = columns.map { min(width - 1, max(0, Int((Double($0) + 0.5 - target.x) / target.width * Double(width)))) }
        let along = rows.map { min(height - 1, max(0, Int((Double($0) + 0.5 - target.y) / target.height * Double(height)))) }
        blend(Colour(255, 70, 20, opacity: 150), columns: columns, rows: rows) { x, y in
            strengths[along[y - rows.lowerBound] * width + across[x - columns.lowerBound]]
        }
    }
}
