// A person as a policy: what is done follows from the keys that are down.

import Basics
import Kernels
import RLCore
import Training
import Viewing

final class HumanPolicy: Policy {
    let controls: ControlKeys
    var keys = HeldKeys()
    private var idleSteps = 0

    init(_ controls: ControlKeys) { self.controls = controls }

    func begin(lanes: Int) { idleSteps = 0 }

    /// Every lane does the same; modes make no difference to a person.
    func act(on observations: Rows, into actions: Actions, mode: Mode, using sources: inout [RandomSource]) {
        let action: RecordedAction
        if let wanted = controls.action(for: keys.take()) {
            action = wanted
        } else {
            action = controls.idleAction(at: idleSteps)
            idleSteps += 1
        }
        for lane in 0..<actions.count { action.write(to: actions, lane: lane) }
    }

    /// Nothing of a person is kept in files.
    func save(into archive: inout Archive) {}
    func load(from archive: Archive) throws(ArchiveError) {}
}
