// The five games against hashes of the published package's screens, rewards and endings, drawn with its own generator.
import Basics
import Environments
import Kernels
import RLCore
import Testing

@Suite struct MiniAtariGoldenTests {
    struct Golden: Sendable, CustomTestStringConvertible {
        let game: String
        let sticky: Double
        /// After acts 1, 10, 100, 1,000 and 3,000.
        let hashes: [UInt64]
        let reward: Int
        let episodes: Int
        var testDescription: String { "\(game), sticky \(sticky)" }
    }

    static let acts = [1, 10, 100, 1000, 3000]
    static let goldens = [
        Golden(
            game: "breakout", sticky: 0,
            hashes: [
                0x451d_3a78_c0e5_6e96, 0xe748_71f0_f13b_6232, 0x876d_1ad0_ecb3_cb5d, 0x245a_fa26_b9f8_1bb1,
                0x63e5_2f65_de7e_1a15,
            ], reward: 124, episodes: 290),
        Golden(
            game: "breakout", sticky: 0.1,
            hashes: [
                0x451d_3a78_c0e5_6e96, 0xe748_71f0_f13b_6232, 0xc933_472e_3880_4dad, 0xd840_f0c3_f327_7e16,
                0xffe3_0eb5_2893_3a10,
            ], reward: 135, episodes: 270),
        Golden(
            game: "asterix", sticky: 0,
            hashes: [
                0xdd45_9fef_cba6_9634, 0x38d3_14aa_9f7f_876d, 0xf892_966f_b7e6_6990, 0x84ca_a01e_7fbc_6018,
                0x196e_13d0_0569_7a24,
            ], reward: 20, episodes: 45),
        Golden(
            game: "asterix", sticky: 0.1,
            hashes: [
                0xdd45_9fef_cba6_9634, 0x38d3_14aa_9f7f_876d, 0x26df_b7ef_26d9_04c8, 0x7591_4436_54d2_a972,
                0xf791_ad52_10b8_861c,
            ], reward: 24, episodes: 40),
        Golden(
            game: "freeway", sticky: 0,
            hashes: [
                0x2b56_21a0_54e8_2f3a, 0x4454_2aa5_de08_10ed, 0x89a2_4225_15d6_6721, 0x144a_726e_0d24_e905,
                0x7688_ef21_0295_1be3,
            ], reward: 1, episodes: 1),
        Golden(
            game: "freeway", sticky: 0.1,
            hashes: [
                0x2b56_21a0_54e8_2f3a, 0x4454_2aa5_de08_10ed, 0xf052_b915_e1a7_9c5d, 0x5870_347a_7aa8_0cdd,
                0x0578_1ea5_58e5_a10a,
            ], reward: 0, episodes: 1),
        Golden(
            game: "seaquest", sticky: 0,
            hashes: [
                0x3dbd_9a40_f914_2c37, 0xf55a_a5dd_289e_e71d, 0xc4db_9256_008a_1b45, 0xad10_62e6_f28b_df30,
                0x073d_c723_982d_5563,
            ], reward: 11, episodes: 120),
        Golden(
            game: "seaquest", sticky: 0.1,
            hashes: [
                0x3dbd_9a40_f914_2c37, 0xf55a_a5dd_289e_e71d, 0x1a4c_e4cd_19f6_e4df, 0x7b9b_1f10_f19c_cc84,
                0xe557_5327_6660_e13f,
            ], reward: 14, episodes: 97),
        Golden(
            game: "space-invaders", sticky: 0,
            hashes: [
                0x2c07_72b8_fbc5_655c, 0x6f91_cdf5_c502_f94d, 0x92b1_9e31_acb6_b261, 0x9ba6_5786_d483_eeab,
                0x649f_b3b3_8246_d773,
            ], reward: 168, episodes: 51),
        Golden(
            game: "space-invaders", sticky: 0.1,
            hashes: [
                0x2c07_72b8_fbc5_655c, 0x6f91_cdf5_c502_f94d, 0x058c_5757_f124_fa41, 0x6833_b292_5b52_1be2,
                0x5871_5567_d576_5a34,
            ], reward: 175, episodes: 58),
    ]

    /// FNV-1a, 64 bits.
    struct Hash {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    /// The game as `rl trace --reference-draws` makes it, from the package's seed 0.
    static func world(_ golden: Golden) throws -> any VectorEnvironment {
        let specification = try EnvironmentCatalogue.builtIn[golden.game]
        var settings = specification.settings
        try settings.set("sticky", to: .number(golden.sticky), from: "the test")
        try settings.set("clock_terminates", to: .boolean(true), from: "the test")
        let make = try #require(specification.referenceMaker)
        return try make(settings, 0)
    }

    @Test(arguments: goldens) func screensRewardsAndEndingsAreThePackages(_ golden: Golden) throws {
        let world = try Self.world(golden)
        _ = world.reset(using: [RandomSource(seed: 0)])
        let actions = Actions(lanes: 1, space: world.actionSpace)
        var x = 12345, hash = Hash(), hashes: [UInt64] = [], reward = 0, episodes = 0
        for act in 1...3000 {
            x = (1_103_515_245 * x + 12345) & 0x7fff_ffff
            actions.indices[0] = Int32((x >> 16) % 6)
            let step = world.step(actions)
            let isOver = step.ending(of: 0) == .terminated
            for byte in step.successor(of: 0).bytes.array { hash.add(byte) }
            hash.add(UInt8(truncatingIfNeeded: Int(step.rewards[0])))
            hash.add(isOver ? 1 : 0)
            reward += Int(step.rewards[0])
            episodes += isOver ? 1 : 0
            if Self.acts.contains(act) { hashes.append(hash.value) }
        }
        #expect(hashes == golden.hashes)
        #expect(reward == golden.reward && episodes == golden.episodes)
    }
}
