// What pins a pixel game: a fingerprint of its observations, rewards and endings under changing actions.
import Basics
import Kernels
import RLCore
import TestSupport

enum PixelGolden {
    /// One lane from seed 123 with the default settings; step t takes action (t² / 8) mod the number of actions.
    static func fingerprint(of world: EnvironmentSpecification, steps: Int) throws -> UInt64 {
        let vector = try world.makeVector(world.settings, lanes: 1)
        var batch = vector.reset(using: [RandomSource(seed: 123)])
        let actions = Actions(lanes: 1, space: vector.actionSpace)
        var fingerprint = Fingerprint()
        fingerprint.add(batch.observations.bytes.array)
        for step in 0..<steps {
            actions.indices[0] = Int32(step * step / 8 % world.actionNames.count)
            batch = vector.step(actions)
            fingerprint.add(batch.observations.bytes.array)
            fingerprint.add([UInt8(truncatingIfNeeded: Int(batch.rewards[0])), batch.ending(of: 0).rawValue])
        }
        return fingerprint.value
    }
}
