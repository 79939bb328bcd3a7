// SeedSequence against NumPy's: words of state for seeds of every size and for children (Benchmarks/golden/numpy_random.py).

import Basics
import Testing

@Suite struct SeedSequenceTests {
    struct Golden: Sendable {
        let seed: UInt64
        let key: [UInt32]
        let words: [UInt64]
    }
    static let golden: [Golden] = [
        Golden(
            seed: 0, key: [],
            words: [
                0xdb2c_d7e7_b0f4_78be, 0xabf4_641a_2c71_ba49, 0x20c6_ed6d_9d7b_8d41, 0x2c40_99de_223c_39d4, 0x08fe_d075_9ad4_85fe,
            ]),
        Golden(
            seed: 42, key: [],
            words: [
                0x9f1e_2e6d_cd54_0ab7, 0xd578_73dc_79fb_94b6, 0x7d28_2a1b_64d4_20b7, 0x3365_7971_4692_d5ff, 0x815e_a76d_4f80_d563,
            ]),
        Golden(
            seed: 1 << 32 - 1, key: [],
            words: [
                0x2a05_c5e2_76c1_fe08, 0x2032_e40f_c20e_8198, 0xed4a_c06d_787f_4396, 0x5689_6cb4_f3db_80fd, 0x57ef_3388_f13b_5d72,
            ]),
        Golden(
            seed: 1 << 32, key: [],
            words: [
                0x50ff_846c_ec53_f444, 0x7a49_18db_e827_8562, 0x3bff_9f6c_362e_2b19, 0xbdb1_7753_9a06_54e3, 0xd44a_1ad9_4f8c_f5db,
            ]),
        Golden(
            seed: .max, key: [],
            words: [
                0xaebc_a151_928c_ad0d, 0x119c_3044_8638_dc7a, 0x1bbb_1556_59e6_42a7, 0xa76b_11e3_e8c4_a8f6, 0xdcf3_dd1e_e0fe_8bff,
            ]),
        Golden(
            seed: 7, key: [0],
            words: [
                0x2efe_612d_4797_b856, 0xf3f7_f6cb_6e93_dfd5, 0x32f8_c02b_d32a_582b, 0xe186_984a_4e51_d527, 0xf035_d5e6_fe91_9dd0,
            ]),
        Golden(
            seed: 7, key: [0, 3],
            words: [
                0xad71_7f53_01df_511f, 0x9ee2_5c41_71fe_bcdc, 0x0d33_afe1_7410_8720, 0x960c_30af_dcbc_b72e, 0x9cae_d96c_63af_93cf,
            ]),
        Golden(
            seed: 1 << 40 + 5, key: [1, 2, 3],
            words: [
                0x430c_ec2e_a5d2_e966, 0xf669_ff11_695f_e43d, 0x424e_579c_93c0_9e84, 0x3046_746e_88dd_ef8f, 0x9078_aeba_4ac8_3c1c,
            ]),
    ]

    @Test(arguments: golden) func stateIsNumPys(_ golden: Golden) {
        #expect(SeedSequence(golden.seed, key: golden.key).state(5) == golden.words)
    }

    @Test func aChildIsNeitherItsParentNorItsSibling() {
        let family = [SeedSequence(3), SeedSequence(3, key: [0]), SeedSequence(3, key: [1]), SeedSequence(3, key: [0, 0])]
        #expect(Set(family.map { $0.state(4) }).count == family.count)
    }
}
