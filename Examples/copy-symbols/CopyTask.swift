// The task: eight symbols, fifty blanks, and at the last of them the sign to say the symbols again, in order.
import Basics
import Kernels

/// The copying problem of Hochreiter & Schmidhuber (1997) in the form of Arjovsky, Shah & Bengio (2016), with fifty blanks.
///
/// Each of the eight symbols is drawn from an alphabet of eight, so a guess is right once in eight, and only memory does better.
struct CopyTask {
    static let alphabet = 8, length = 8
    /// The alphabet, the blank, and the sign to answer: one of them is 1, the others are 0.
    static let inputs = alphabet + 2
    /// Between the last symbol and the first answer; the last of them is the sign.
    let blanks = 50
    /// The answers are asked for in the last `length` of them.
    var steps: Int { 2 * CopyTask.length + blanks }

    /// Fills x [rows, steps · inputs] with new sequences, and for each place in the answer its labels [rows].
    func draw(rows: Int, into x: Floats, labels: [Floats], using random: inout RandomSource) {
        x.fill(0)
        for row in 0..<rows {
            for step in 0..<steps {
                var input = step == CopyTask.length + blanks - 1 ? CopyTask.alphabet + 1 : CopyTask.alphabet
                if step < CopyTask.length {
                    input = random.below(CopyTask.alphabet)
                    labels[step][row] = Float(input)
                }
                x[(row * steps + step) * CopyTask.inputs + input] = 1
            }
        }
    }
}
