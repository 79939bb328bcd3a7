// What it costs to hide a part of a picture: where the network needs to see, found without any gradient.
import Basics
public import RLCore

extension NetworkLens {
    /// How far the chosen action's score moves when a patch is replaced by `background`, for each place the mean over the patches that
    /// cover it (Zeiler & Fergus 2014, section 4.2); nil where no picture is seen.
    ///
    /// Patches are a seventh of the shorter side, one pixel of a small picture, every half of that. Afterwards the lens shows `input`.
    ///
    /// - Parameter background: of the input's width, such as the mean of many inputs.
    public func occlusion(of input: [Float], behind background: [Float]) -> Insight.Plane? {
        guard case .image(let height, let width, let channels) = observationSpace.shape else { return nil }
        show(input)
        let action = chosen, whole = shown(action)
        let patch = max(1, min(height, width) / 14 * 2), stride = max(1, patch / 2)
        var moved = [Float](repeating: 0, count: height * width), covers = moved
        func starts(_ side: Int) -> [Int] {
            // The last patch ends with the picture.
            Swift.stride(from: 0, to: side - patch, by: stride) + [side - patch]
        }
        for top in starts(height) {
            for left in starts(width) {
                var hidden = input
                for y in top..<top + patch {
                    for i in (y * width + left) * channels..<(y * width + left + patch) * channels { hidden[i] = background[i] }
                }
                // What is hidden already costs nothing.
                var change: Float = 0
                if hidden != input {
                    show(hidden)
                    change = Float(abs(shown(action) - whole))
                }
                for y in top..<top + patch {
                    for place in y * width + left..<y * width + left + patch {
                        moved[place] += change
                        covers[place] += 1
                    }
                }
            }
        }
        show(input)
        return Insight.Plane(
            "occlusion", width: width, height: height, values: moved.indices.map { moved[$0] / max(1, covers[$0]) })
    }
}
