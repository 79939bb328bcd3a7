// Event files, byte by byte.
import TestSupport
import Testing

@testable import Training

@Suite struct EventRecordsTests {
    /// RFC 3720, B.4: thirty-two zeros, thirty-two ones, and the numbers from 0 to 31.
    @Test func theChecksumIsCastagnolis() {
        #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.checksum((0..<32).map { UInt8($0) }) == 0x46DD_794E)
        #expect(CRC32C.checksum("123456789".utf8) == 0xE306_9283)
    }

    @Test func messagesAreThoseOfProtocolBuffers() {
        var inner = ProtocolBuffer()
        inner.add(1, text: "testing")
        var message = ProtocolBuffer()
        message.add(1, integer: 150)
        message.add(2, message: inner)
        message.add(3, double: 1)
        message.add(4, float: -2)
        // The first two are the examples of the format's own page.
        #expect(
            message.bytes == [0x08, 0x96, 0x01, 0x12, 0x09, 0x0A, 0x07] + Array("testing".utf8)
                + [0x19, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0x25, 0, 0, 0, 0xC0])
    }

    @Test func aFrameHoldsItsDataAndRefusesDamage() {
        let record = EventRecords.record([1, 2, 3])
        #expect(record.count == 8 + 4 + 3 + 4 && record[0] == 3)
        #expect(EventRecords.data(at: 0, of: record) == 12..<15)
        for place in record.indices {
            var damaged = record
            damaged[place] ^= 0x10
            #expect(EventRecords.data(at: 0, of: damaged) == nil, "byte \(place)")
        }
        #expect(EventRecords.data(at: 0, of: Array(record.dropLast())) == nil)
    }

    @Test func tagsAreCleanRLs() {
        let columns = ["loss", "q_mean", "epsilon"]
        #expect(ScalarTags.tag(of: "loss", among: columns) == "losses/td_loss")
        #expect(ScalarTags.tag(of: "loss", among: ["loss", "entropy"]) == "losses/loss")
        #expect(ScalarTags.tag(of: "return_mean", among: columns) == "charts/episodic_return")
        #expect(ScalarTags.tag(of: "critic_dead_units", among: columns) == "network/critic_dead_units")
        #expect(ScalarTags.tag(of: "td_error", among: columns) == "losses/td_error")
    }
}
