// Every size of register tile that a convolution uses, one by one, so that a tile that leaves the registers is seen.

/// One instance of the register tile, as a convolution of just the size that calls it.
public struct ConvolutionInstance: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable { case forward, weights, inputs }

    public let kind: Kind
    /// Rows of sums.
    public let rows: Int
    /// Vectors of sixteen columns.
    public let vectors: Int

    /// `convolution/forward/5x4`
    public var name: String { "convolution/\(kind.rawValue)/\(rows)x\(vectors)" }
    /// The sums that are carried side by side: below eight the multiply-adds wait for each other.
    public var chains: Int { rows * vectors }

    /// All sizes that this build uses.
    public static var all: [ConvolutionInstance] {
        Kind.allCases.flatMap { kind in
            (1...TileSize.mostVectors).flatMap { vectors in
                (1...ConvolutionLoops.mostRows(kind, vectors: vectors)).map {
                    ConvolutionInstance(kind: kind, rows: $0, vectors: vectors)
                }
            }
        }
    }

    /// A tile's rows are pixels of one output row; for the weights, the channels of one window.
    public var window: SlidingWindow {
        switch kind {
        case .forward: SlidingWindow(height: 10, width: rows + 2, channels: 16, kernel: 3)
        case .weights: SlidingWindow(height: 16, width: 64, channels: rows, kernel: 1, stride: 2)
        case .inputs: SlidingWindow(height: 10, width: rows + 2, channels: 16 * vectors, kernel: 3)
        }
    }
    public var filters: Int { kind == .inputs ? 32 : 16 * vectors }
    /// Floating-point operations for one image; a multiply-add counts as two.
    public var operations: Int { 2 * window.outPixels * ConvolutionLoops.weightCount(window, filters: filters) }
}

extension ConvolutionLoops {
    /// Rows of the highest tile that each of the three uses.
    static func mostRows(_ kind: ConvolutionInstance.Kind, vectors: Int) -> Int {
        switch kind {
        case .forward: TileSize.mostRows(vectors: vectors)
        case .weights: mostWeightRows(vectors: vectors)
        case .inputs: mostInputRows(vectors: vectors)
        }
    }
}
