// The checker of laws is itself checked: one broken world for each law, and the law that it must name.
import Basics
import RLCore
import Synchronization
import TestSupport
import Testing

/// What is wrong with a `FaultyWorld`.
enum Fault: String, CaseIterable, Sendable {
    case sharedReference, globalChance, lossySave, overlookedState, savesNothingItNeeds, refusesItsOwnArchive, readsAnything
    case remembersAcrossResets, leavesARowUnwritten, leavesItsSpace, seesInfinity, paysNaN, changesItsSpace

    /// Part of the sentence of the law that it breaks.
    var law: String {
        switch self {
        case .sharedReference: "changed its copy"
        case .globalChance: "equal worlds gave different outcomes"
        case .lossySave: "the loaded world differs"
        case .overlookedState, .savesNothingItNeeds: "went on differently"
        case .refusesItsOwnArchive: "loading what was saved failed"
        case .readsAnything: "an empty archive was loaded"
        case .remembersAcrossResets: "after equal resets"
        case .leavesARowUnwritten: "unwritten"
        case .leavesItsSpace, .seesInfinity: "lies outside"
        case .paysNaN: "the reward is nan"
        case .changesItsSpace: "a space changed"
        }
    }
}

/// A counter that every copy of a world holds in common.
private final class Shared: Sendable {
    let count = Atomic<Int>(0)
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
/// Chance that nobody was given.
private let hiddenChance = Shared()

/// A walk of chance on a line that ends after nine steps, and obeys every law unless it has a fault.
private struct FaultyWorld: Environment {
    var fault: Fault?
    var time = 0
    var place = 0.0
    var total = 0.0
    let shared = Shared()

    init(_ fault: Fault? = nil) { self.fault = fault }

    static func == (a: FaultyWorld, b: FaultyWorld) -> Bool {
        a.time == b.time && a.place == b.place && (a.fault == .overlookedState || a.total == b.total)
    }
    var observationSpace: Space {
        .box(.vector(2), low: [0, 0], high: [fault == .changesItsSpace && time > 3 ? 9 : 10, .infinity])
    }
    var actionSpace: Space { .discrete(2) }

    mutating func reset(using random: inout RandomSource) {
        time = 0
        place = random.unit()
        if fault != .remembersAcrossResets { total = 0 }
    }
    mutating func step(_ action: Action, using random: inout RandomSource) -> Outcome {
        time += 1
        place = random.unit() + Double(action.index)
        total += place
        var reward = Float(total)
        if fault == .globalChance { reward += Float(hiddenChance.next()) }
        if fault == .sharedReference { _ = shared.next() }
        if fault == .paysNaN { reward = .nan }
        return Outcome(reward: reward, ending: time == 9 ? .terminated : .running)
    }
    func observe(into row: inout MutableSpan<Float>) {
        row[0] = fault == .leavesItsSpace && time == 5 ? 10.5 : Float(time)
        if fault != .leavesARowUnwritten || time != 5 { row[1] = fault == .seesInfinity ? .infinity : Float(place) }
    }
    var state: [Double] { fault == .sharedReference ? [Double(shared.count.load(ordering: .relaxed))] : [Double(time), place] }

    func save(into archive: inout Archive) {
        archive.store(time, as: "time")
        archive.store([place], as: "place")
        if fault != .savesNothingItNeeds && fault != .overlookedState {
            archive.store([fault == .lossySave ? Double(Float(total)) : total], as: "total")
        }
    }
    mutating func load(from archive: Archive) throws(ArchiveError) {
        if fault == .readsAnything && archive.names.isEmpty { return }
        time = try archive.integer(fault == .refusesItsOwnArchive ? "hour" : "time")
        place = try archive.doubles("place", count: 1)[0]
        if fault != .savesNothingItNeeds && fault != .overlookedState { total = try archive.doubles("total", count: 1)[0] }
    }
}

@Suite struct EnvironmentLawsTests {
    @Test func aLawfulWorldPasses() {
        #expect(brokenEnvironmentLaws(of: FaultyWorld()) == [])
        #expect(brokenEnvironmentLaws(of: CountingWorld()) == [])
        #expect(brokenEnvironmentLaws(of: TimeLimit(CountingWorld(), limit: 3), seed: 4) == [])
    }

    @Test(arguments: Fault.allCases) func aBrokenWorldIsFound(_ fault: Fault) {
        let broken = brokenEnvironmentLaws(of: FaultyWorld(fault))
        #expect(broken.contains { $0.contains(fault.law) }, "\(broken)")
    }
}
