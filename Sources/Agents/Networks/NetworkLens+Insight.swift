// A lens's answer in the words of whoever watches: scores, a value, what it sees and what it looks at.
import Basics
public import RLCore

extension NetworkLens {
    /// What the network thinks of row `row`.
    ///
    /// - Parameter attention: whether `Insight.attention` is wanted, where a picture is seen.
    public func insight(into observations: Rows, row: Int, attention: Bool) -> Insight {
        show(observations, row: row)
        var insight = Insight(scores: answer.shown(scores), value: value)
        insight.planes = planes(of: input)
        if attention { insight.attention = saliency() }
        return insight
    }

    /// How much the chosen action's score depends on each place of the picture that was shown: the largest |∂score/∂x| over its
    /// channels (Simonyan et al. 2014, section 3.1); nil where no picture is seen.
    public func saliency(isGuided: Bool = false) -> Insight.Plane? {
        guard case .image(let height, let width, let channels) = observationSpace.shape, hasGradient else { return nil }
        let slopes = gradient(ofScores: chosenSlopes, isGuided: isGuided)
        let places = (0..<height * width).map { place in
            (0..<channels).reduce(Float(0)) { max($0, abs(slopes[place * channels + $1])) }
        }
        return Insight.Plane("attention", width: width, height: height, values: places)
    }

    /// Numbers that enter the network as one plane for each channel; empty where they are no picture.
    public func planes(of input: [Float]) -> [Insight.Plane] {
        guard case .image(let height, let width, let channels) = observationSpace.shape else { return [] }
        var frames = 1
        if case .bytes(_, let stack) = observationSpace { frames = stack }
        let each = channels / frames
        return (0..<channels).map { channel in
            let age = frames - 1 - channel / each
            let time = age == 0 ? "now" : age == 1 ? "1 step ago" : "\(age) steps ago"
            let name = frames == 1 ? "channel \(channel)" : each == 1 ? time : "\(time), channel \(channel % each)"
            let values = (0..<height * width).map { input[$0 * channels + channel] }
            return Insight.Plane(name, width: width, height: height, values: values)
        }
    }
}
