// Where a NaN or an infinity first appeared while learning: the step, the layer and its line, the quantity and the batch's rows.

/// The first number of an update that is not finite. Found before the optimizer's step, so that parameters and moments still are the
/// last good ones: what is saved then is the state before the bad step.
public struct NotFinite: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Quantity: String, Hashable, Sendable {
        case input, parameter, value, gradient
        case parameterGradient = "gradient of the parameter"
    }
    public let step: Int
    public let quantity: Quantity
    /// The name of the input or parameter, or the primitive's type.
    public let layer: String
    /// Where it was recorded, as file:line.
    public let place: String
    /// The batch's rows that hold it; empty where there is one row for the whole batch.
    public let rows: [Int]
    /// The first of them.
    public let number: Float

    public init(step: Int, quantity: Quantity, layer: String, place: String, rows: [Int], number: Float) {
        self.step = step
        self.quantity = quantity
        self.layer = layer
        self.place = place
        self.rows = rows
        self.number = number
    }

    /// The same, of a pass over part of a batch that has `start` rows before it.
    public func moved(by start: Int) -> NotFinite {
        NotFinite(step: step, quantity: quantity, layer: layer, place: place, rows: rows.map { $0 + start }, number: number)
    }

    public var description: String {
        let inRows =
            rows.isEmpty
            ? ""
            : ", in row\(rows.count == 1 ? "" : "s") \(rows.prefix(8).map(String.init).joined(separator: ", "))"
                + (rows.count > 8 ? " and \(rows.count - 8) more" : "") + " of the batch"
        return "step \(step): the \(quantity.rawValue) of \(layer), recorded at \(place), is \(number)\(inRows)"
    }
}
