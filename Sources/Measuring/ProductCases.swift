// Products: our large one against OpenBLAS's, and every size of register tile.
import Kernels

public enum ProductCases {
    public static var all: [BenchCase] { [square(1024)] + ProductInstance.all.map(instance) }

    private static func square(_ size: Int) -> BenchCase {
        BenchCase("product/\(size)", operations: 2 * size * size * size) {
            let operands = Operands(size)
            let scratch = Storage<Float>(count: Dense.scratchCount(inputs: size, outputs: size))
            return { iterations in
                for _ in 0..<iterations {
                    Dense.forward(
                        operands.a, operands.b, .empty, into: operands.c, rows: size, inputs: size, outputs: size, .none,
                        scratch: scratch.all)
                }
            }
        }
    }

    private static func instance(_ instance: ProductInstance) -> BenchCase {
        BenchCase(instance.name, operations: instance.operations) {
            let memory = Storage<Float>(count: ProductInstance.floatCount)
            for i in 0..<memory.all.count { memory.all[i] = Float(i % 31) - 15 }
            return { instance.run(times: $0, in: memory.all) }
        }
    }

    /// The tiles that run at less than a quarter of what their chains allow: they have left the registers.
    public static func spilled(_ results: [BenchResult], peak: MachinePeak) -> [String] {
        ProductInstance.all.filter { instance in
            guard let share = results.first(where: { $0.name == instance.name })?.share(of: peak) else { return false }
            return share < 0.25 * min(1, Double(instance.chains) / 8)
        }.map(\.name)
    }
}
