// What a vector is made of: lanes as a value, which one thread steps one after the other or eight at a time.
public import Basics

/// Some lanes of one world. A value, so that one exclusive access covers a whole batch.
public protocol Lanes {
    var memory: LaneMemory { get }
    mutating func reset(using sources: ArraySlice<RandomSource>)
    /// Steps these lanes, of the actions for the whole vector.
    mutating func step(_ actions: Actions)
    /// `lane` counts from the first of these lanes, here and below.
    mutating func restart(_ lane: Int, using source: RandomSource)
    func state(of lane: Int) -> [Double]
    /// The state that the last step led to, also where the lane has been reset since.
    func finalState(of lane: Int) -> [Double]
    func draw(_ lane: Int, on scene: inout Scene)
    func drawFinal(_ lane: Int, on scene: inout Scene)
    func save(_ lane: Int, into archive: inout Archive)
    mutating func load(_ lane: Int, from archive: Archive) throws(ArchiveError)
}
