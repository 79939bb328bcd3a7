// Three thousand steps of each game that Gymnasium has, against hashes of what Gymnasium did from the same seed and actions.

import Basics
import Environments
import Kernels
import RLCore
import Testing

private struct Golden: Sendable, CustomTestStringConvertible {
    let world: String
    let settings: [String: String]
    /// After 1, 10, 100, 1000 and 3000 steps.
    let hashes: [UInt64]
    let total: Int
    let episodes: Int
    var testDescription: String { "\(world) \(settings)" }
}

private let goldens = [
    Golden(
        world: "frozenlake", settings: [:],
        hashes: [
            0x778b_1a14_b687_6aa7, 0xb588_3087_b309_5178, 0x5fb5_d700_b3fd_d769, 0x13f1_e467_2554_c327, 0xa6c8_ee8e_0d87_911b,
        ],
        total: 4, episodes: 400),
    Golden(
        world: "frozenlake-8x8", settings: [:],
        hashes: [
            0x778b_1a14_b687_6aa7, 0xc0b6_2126_bfe4_4f7a, 0xe346_8c09_34db_77ef, 0x5de0_83fd_6060_ce5d, 0x0028_fd1c_6ba5_a7fa,
        ],
        total: 0, episodes: 88),
    Golden(
        world: "frozenlake", settings: ["is_slippery": "false"],
        hashes: [
            0x778b_1a14_b687_6aa7, 0x4ff9_4211_79fe_7514, 0xa5a4_c645_2cdd_c744, 0xae0b_64a1_18e2_b958, 0x4bd3_fdd7_014f_3845,
        ],
        total: 3, episodes: 403),
    Golden(
        world: "cliffwalking", settings: ["time_limit": "1000000"],
        hashes: [
            0x0ee7_d2f1_b102_0562, 0xe129_ac3e_a97e_8a34, 0xab86_cfdc_48d0_d0e3, 0xae49_b812_44ea_f1c8, 0x8256_763b_7f4f_e806,
        ],
        total: -29631, episodes: 1),
    Golden(
        world: "cliffwalking", settings: ["is_slippery": "true", "time_limit": "1000000"],
        hashes: [
            0x89d4_38ff_9515_054e, 0x0c08_104a_1503_50f4, 0xd2a0_0dd1_15e7_09aa, 0xb032_399a_5fbb_127a, 0x4447_9d9c_12ae_4d0b,
        ],
        total: -31116, episodes: 0),
    Golden(
        world: "taxi", settings: [:],
        hashes: [
            0xa5e1_f115_4ec6_bdb6, 0xed00_3a0d_2b33_d416, 0x3c70_de1a_fed7_2920, 0x2770_b346_f9eb_c5fb, 0xa4b7_fd70_a97e_60aa,
        ],
        total: -11772, episodes: 15),
    Golden(
        world: "taxi", settings: ["is_rainy": "true"],
        hashes: [
            0xa5e1_f115_4ec6_bdb6, 0xbda0_91ee_644d_01ff, 0x0379_9401_f2c7_8b5e, 0x73b0_6cdf_56a5_274e, 0x715a_f666_ead1_5478,
        ],
        total: -11826, episodes: 15),
    Golden(
        world: "taxi", settings: ["fickle_passenger": "true"],
        hashes: [
            0xa5e1_f115_4ec6_bdb6, 0xed00_3a0d_2b33_d416, 0xed04_8a78_7a7b_a3ce, 0x6e24_54e4_7bf1_8693, 0x249c_33d0_68bc_9d00,
        ],
        total: -12126, episodes: 15),
    Golden(
        world: "taxi", settings: ["is_rainy": "true", "fickle_passenger": "true"],
        hashes: [
            0xa5e1_f115_4ec6_bdb6, 0x6725_ef94_7d77_9f6a, 0x4d37_1051_681a_b59d, 0x10db_7d90_c8e4_7064, 0xfc34_1b2f_b76d_bd39,
        ],
        total: -11910, episodes: 15),
    Golden(
        world: "blackjack", settings: [:],
        hashes: [
            0x1007_823e_18f8_e61c, 0x855f_31a7_42bc_c3be, 0x7fef_b3bb_5b28_a716, 0xc4d5_7850_72d7_7ec8, 0x40c3_8988_22c4_6e2e,
        ],
        total: -840, episodes: 2191),
]

@Suite struct ToyTextTraces {
    @Test(arguments: goldens) fileprivate func playsAsGymnasiumDoes(golden: Golden) throws {
        let specification = try EnvironmentCatalogue.builtIn[golden.world]
        var settings = specification.settings
        for (key, text) in golden.settings { try settings.set(key, parsing: text, from: "test") }
        let world = try specification.makeVector(settings, lanes: 1)
        guard case .discrete(let actionCount) = world.actionSpace else { throw SettingError(key: "", "no discrete actions") }
        let actions = Actions(lanes: 1, space: world.actionSpace)

        var hash = FNV1a()
        func bytes(_ rows: Rows) -> [UInt8] {
            let seen = Int(rows.floats[0])
            return golden.world == "blackjack"
                ? [UInt8(seen / 22), UInt8(seen / 2 % 11), UInt8(seen % 2)] : [UInt8(seen & 255), UInt8(seen >> 8)]
        }
        var dice: UInt64 = 12345
        var total = 0
        var episodes = 0
        var hashes: [UInt64] = []
        hash.add(bytes(world.reset(using: [RandomSource(seed: 123)]).observations))
        for step in 1...3000 {
            dice = (1_103_515_245 * dice + 12345) % (1 << 31)
            actions.indices[0] = Int32((dice >> 16) % UInt64(actionCount))
            let batch = world.step(actions)
            let ending = batch.ending(of: 0)
            let reward = Int(batch.rewards[0])
            total += reward
            hash.add(bytes(batch.successor(of: 0)))
            hash.add([UInt8(truncatingIfNeeded: reward), ending == .terminated ? 1 : 0, ending == .truncated ? 1 : 0])
            if ending != .running {
                episodes += 1
                hash.add(bytes(batch.observations))
            }
            if [1, 10, 100, 1000, 3000].contains(step) { hashes.append(hash.value) }
        }
        #expect(hashes == golden.hashes)
        #expect(total == golden.total && episodes == golden.episodes)
    }
}

private struct FNV1a {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    mutating func add(_ bytes: [UInt8]) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
