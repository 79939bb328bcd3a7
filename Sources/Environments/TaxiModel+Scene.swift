// What Taxi looks like: the town, its walls and its four stands, the taxi, the passenger and where they want to go.
public import RLCore

extension TaxiModel {
    private static let stands: [(name: String, colour: Colour)] = [
        ("R", Colour(214, 94, 74)), ("G", Colour(96, 170, 110)), ("Y", Colour(240, 204, 80)), ("B", Colour(82, 132, 204)),
    ]

    public func draw(_ state: Int, on scene: inout Scene) {
        let ink = Colour(38, 41, 48)
        let (cell, passenger, destination) = TaxiModel.decode(state % TaxiModel.plainStateCount)
        scene.background = .white
        scene.bounds = Rectangle(x: -0.2, y: -0.2, width: 5.4, height: 5.4)
        scene.rectangle(Rectangle(x: -0.08, y: -0.08, width: 5.16, height: 5.16), corner: 0.1, ink)
        scene.rectangle(Rectangle(x: 0, y: 0, width: 5, height: 5), Colour(228, 231, 235))
        for line in 1..<TaxiModel.side {
            let place = Double(line)
            scene.line([Point(place, 0), Point(place, 5)], width: 0.02, Colour(200, 205, 212))
            scene.line([Point(0, place), Point(5, place)], width: 0.02, Colour(200, 205, 212))
        }
        for (index, stand) in TaxiModel.stands.enumerated() {
            let corner = TaxiModel.corner(of: TaxiModel.landmarks[index])
            scene.rectangle(
                Rectangle(x: corner.x + 0.06, y: corner.y + 0.06, width: 0.88, height: 0.88), corner: 0.1, stand.colour)
            scene.text(stand.name, at: Point(corner.x + 0.2, corner.y + 0.24), height: 0.2, ink)
            if index == destination { TaxiModel.drawFlag(at: corner, on: &scene) }
        }
        for cell in TaxiModel.walls {
            let corner = TaxiModel.corner(of: cell)
            scene.line([Point(corner.x + 1, corner.y + 0.04), Point(corner.x + 1, corner.y + 0.96)], width: 0.09, ink)
        }
        if passenger < TaxiModel.aboard {
            TaxiModel.drawPassenger(at: TaxiModel.corner(of: TaxiModel.landmarks[passenger]), on: &scene)
        }
        let place = TaxiModel.corner(of: cell)
        scene.rectangle(
            Rectangle(x: place.x + 0.14, y: place.y + 0.42, width: 0.72, height: 0.3), corner: 0.08, Colour(250, 188, 32))
        scene.rectangle(
            Rectangle(x: place.x + 0.3, y: place.y + 0.24, width: 0.4, height: 0.24), corner: 0.07, Colour(250, 188, 32))
        for wheel in [0.3, 0.7] { scene.circle(Point(place.x + wheel, place.y + 0.74), radius: 0.09, ink) }
        if passenger == TaxiModel.aboard {
            scene.circle(Point(place.x + 0.5, place.y + 0.36), radius: 0.09, Colour(110, 60, 140))
        }
    }

    private static func corner(of cell: Int) -> Point { Point(Double(cell % side), Double(cell / side)) }

    private static func drawFlag(at corner: Point, on scene: inout Scene) {
        let x = corner.x + 0.66, y = corner.y + 0.16
        scene.line([Point(x, y), Point(x, y + 0.66)], width: 0.05, Colour(38, 41, 48))
        scene.polygon([Point(x, y), Point(x + 0.26, y + 0.11), Point(x, y + 0.22)], Colour(110, 60, 140))
    }

    private static func drawPassenger(at corner: Point, on scene: inout Scene) {
        let colour = Colour(110, 60, 140)
        scene.circle(Point(corner.x + 0.4, corner.y + 0.5), radius: 0.1, colour)
        scene.rectangle(Rectangle(x: corner.x + 0.28, y: corner.y + 0.62, width: 0.24, height: 0.28), corner: 0.09, colour)
    }
}
