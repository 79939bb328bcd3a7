// What a policy can tell of one decision, for people who watch: scores of the actions, a value, what it sees and what it looks at.

public struct Insight: Hashable, Sendable {
    /// One number for each action, or for each dimension of a continuous one.
    public enum Scores: Hashable, Sendable {
        /// Q(s, a), or a mean of its distribution.
        case values([Double])
        /// π(a | s), which sum to 1.
        case probabilities([Double])
        /// A normal distribution of each dimension of the action.
        case normal(means: [Double], deviations: [Double])
    }

    public var scores: Scores?
    /// What the policy expects from here on, discounted: maxₐ Q(s, a) or V(s); nil for a policy that does not estimate it.
    public var value: Double?
    /// What enters the network, as planes; empty where it is no picture.
    public var planes: [Plane] = []
    /// How much the chosen action's score depends on each place of the picture: the largest |∂score/∂x| over the planes, only when
    /// it was asked for.
    public var attention: Plane?

    public init(scores: Scores? = nil, value: Double? = nil) {
        self.scores = scores
        self.value = value
    }

    /// Of a policy that is sure of one of `count` actions, and does not say why.
    public init(certain action: Int, of count: Int) {
        self.init(scores: .probabilities((0..<count).map { $0 == action ? 1 : 0 }))
    }

    /// The same with the names that a world's specification has for its channels, where there are as many.
    public func naming(channels: [String]) -> Insight {
        guard channels.count == planes.count else { return self }
        var named = self
        for i in channels.indices { named.planes[i].name = channels[i] }
        return named
    }

    /// Numbers [height, width] of one layer of a picture, the upper row first.
    public struct Plane: Hashable, Sendable {
        public var name: String
        public let width: Int
        public let height: Int
        public let values: [Float]

        /// - Precondition: `values` has width · height entries.
        public init(_ name: String, width: Int, height: Int, values: [Float]) {
            guard width > 0, height > 0, values.count == width * height else {
                fatalError("a plane of \(width) by \(height) has \(width * height) numbers, got \(values.count)")
            }
            self.name = name
            self.width = width
            self.height = height
            self.values = values
        }
    }
}
