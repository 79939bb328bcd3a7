import Kernels
import Neural
import Basics
import Glibc
func now() -> Double {
    var t = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
}
func time(_ n: Int, _ body: () -> Void) -> Double {
    body()
    var all: [Double] = []
    for _ in 0..<7 {
        let t = now()
        for _ in 0..<n { body() }
        all.append((now() - t) / Double(n))
    }
    return all.sorted()[3]
}
public func measureSeed() {
    for (hidden, rows) in [([64, 64], 64), ([64, 64], 256), ([120, 84], 128), ([256, 256], 64)] {
        var random = RandomSource(seed: 1)
        let store = ParameterStore()
        let network = MLP("q", inputs: 4, hidden: hidden, outputs: 2, in: store, using: &random)
        let tape = Tape(rows: rows, parameters: store)
        let x = tape.input(.vector(4)), a = tape.input(.vector(1)), t = tape.input(.vector(1)), w = tape.input(.vector(1))
        let difference = network(x.node).picking(a.node) - t.node
        let program = tape.compile(minimizing: (difference.huber() * w.node).mean())
        let act = Tape(rows: 8, parameters: store)
        let ax = act.input(.vector(4))
        let aq = act.output(network(ax.node))
        let acting = act.compile()
        let adam = Adam(for: store)
        for i in 0..<rows * 4 { x.rows[i] = Float(random.uniform(-1, 1)) }
        for i in 0..<rows { a.rows[i] = Float(random.below(2)); t.rows[i] = x.rows[4 * i]; w.rows[i] = 1 }
        if rows == 64 { print(program) }
        let seconds = time(2000) { _ = program.gradients(rows: rows); adam.apply(to: store, learningRate: 1e-3) }
        let forward = time(2000) { program.forward(rows: rows) }
        let one = time(20000) { acting.forward(rows: 1) }
        let eight = time(20000) { acting.forward(rows: 8) }
        print(hidden, rows, 1 / seconds, seconds * 1e6, forward * 1e6, "act", 1 / one, 1 / eight, aq.rows[0])
    }
}
