// Where observations enter a tape: floats as they are, bytes as bytes, so that pixels stay small until a network reads them.
import Basics
import Kernels
import Neural
import RLCore

struct ObservationInlet {
    private enum Door {
        case floats(Inlet)
        case bytes(ByteInlet)
    }
    private let door: Door

    init(_ tape: Tape, _ observations: Space, named name: String = "observation") {
        if case .bytes(let shape, _) = observations {
            door = .bytes(tape.bytes(shape, scale: Torso.byteScale(observations), named: name))
        } else {
            door = .floats(tape.input(observations.shape, named: name))
        }
    }

    /// What layers read.
    var node: Node {
        switch door {
        case .floats(let inlet): inlet.node
        case .bytes(let inlet): inlet.node
        }
    }

    /// Where the caller writes, [capacity, width]; empty until the tape is compiled.
    var rows: Rows {
        switch door {
        case .floats(let inlet): Rows(floats: inlet.rows, width: inlet.node.shape.count)
        case .bytes(let inlet): Rows(bytes: inlet.rows, width: inlet.node.shape.count)
        }
    }

    /// Writes all of `observations` into the first rows.
    func fill(from observations: Rows) {
        switch door {
        case .floats(let inlet): inlet.rows.slice(0, observations.floats.count).copy(from: observations.floats)
        case .bytes(let inlet): inlet.rows.slice(0, observations.bytes.count).copy(from: observations.bytes)
        }
    }
}
