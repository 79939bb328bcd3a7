// Convolutions: whole networks on images, the Nature network's layers beside OpenBLAS, and every size of register tile.
import Kernels
import Neural

public enum ConvolutionCases {
    public static var all: [BenchCase] { updates + [sharded] + acting + natureLayers + ConvolutionInstance.all.map(instance) }

    private static var updates: [BenchCase] {
        [ImageNetwork(.minatar, rows: 32), ImageNetwork(.nature, rows: 32), ImageNetwork(.nature, rows: 256)].map { network in
            BenchCase("update/\(network.name)", operations: network.updateOperations) {
                let update = ImageUpdate(network)
                return { iterations in for _ in 0..<iterations { update.update() } }
            }
        }
    }

    /// Counted in whole updates, by the clock on the wall: `Benchmarks/two-cores` holds it against two processes side by side.
    private static var sharded: BenchCase {
        let network = ImageNetwork(.nature, rows: 256)
        return BenchCase("update/nature-2-threads/\(network.rows)", operations: network.updateOperations, threaded: true) {
            let update = ShardedUpdate(network)
            return { iterations in for _ in 0..<iterations { update.update() } }
        }
    }

    private static var acting: [BenchCase] {
        [ImageNetwork.Kind.minatar, .nature].flatMap { kind in [1, 8].map { ImageNetwork(kind, rows: $0) } }.map { network in
            BenchCase("act/\(network.name)", operations: network.forwardOperations) {
                let store = ParameterStore()
                let tape = Tape(rows: network.rows, parameters: store)
                let pixels = tape.bytes(network.image, scale: network.scale, named: "observation")
                let values = tape.output(network.values(of: pixels.node, in: store))
                let program = tape.compile()
                network.fill(pixels.rows)
                return { iterations in
                    for _ in 0..<iterations { program.forward(rows: network.rows) }
                    guard values.rows[0].isFinite else { fatalError("acting gave \(values.rows[0])") }
                }
            }
        }
    }

    /// Forward, weight and input gradient of the Nature network's three layers at batch 32, and OpenBLAS's forward by im2col.
    private static var natureLayers: [BenchCase] {
        let layers = [
            (SlidingWindow(height: 84, width: 84, channels: 4, kernel: 8, stride: 4), 32),
            (SlidingWindow(height: 20, width: 20, channels: 32, kernel: 4, stride: 2), 64),
            (SlidingWindow(height: 9, width: 9, channels: 64, kernel: 3), 64),
        ]
        return layers.enumerated().flatMap { index, layer in
            let name = "convolution/nature-\(index + 1)"
            var cases = ConvolutionInstance.Kind.allCases.filter { index > 0 || $0 != .inputs }.map {
                convolution("\(name)/\($0.rawValue)", layer.0, filters: layer.1, rows: 32, $0)
            }
            cases.insert(rival("\(name)/openblas", layer.0, filters: layer.1, rows: 32), at: 1)
            return cases
        }
    }

    private static func instance(_ instance: ConvolutionInstance) -> BenchCase {
        convolution(instance.name, instance.window, filters: instance.filters, rows: 2, instance.kind)
    }

    private static func convolution(
        _ name: String, _ window: SlidingWindow, filters: Int, rows: Int, _ kind: ConvolutionInstance.Kind
    ) -> BenchCase {
        BenchCase(name, operations: operations(window, filters, rows)) {
            let n = ConvolutionNumbers(window, filters: filters, rows: rows)
            return { iterations in
                for _ in 0..<iterations {
                    switch kind {
                    case .forward:
                        ConvolutionLoops.forward(
                            window, filters: filters, n.x, n.w, .empty, into: n.y, rows: rows, .relu, scratch: n.scratch)
                    case .weights:
                        ConvolutionLoops.weights(
                            window, filters: filters, n.x, n.y, into: n.w, rows: rows, beta: 0, scratch: n.scratch)
                    case .inputs:
                        ConvolutionLoops.inputs(
                            window, filters: filters, n.y, n.w, into: n.x, rows: rows, beta: 0, scratch: n.scratch)
                    }
                }
            }
        }
    }

    private static func rival(_ name: String, _ window: SlidingWindow, filters: Int, rows: Int) -> BenchCase {
        BenchCase(name, operations: operations(window, filters, rows)) {
            let n = ConvolutionNumbers(window, filters: filters, rows: rows)
            let columns = Storage<Float>(count: OpenBLAS.windowCount(window))
            return { iterations in
                for _ in 0..<iterations {
                    OpenBLAS.convolution(window, filters: filters, n.x, n.w, into: n.y, rows: rows, scratch: columns.all)
                }
            }
        }
    }

    private static func operations(_ window: SlidingWindow, _ filters: Int, _ rows: Int) -> Int {
        2 * rows * window.outPixels * ConvolutionLoops.weightCount(window, filters: filters)
    }

    /// The tiles that run at less than a quarter of what their chains allow: they have left the registers.
    public static func spilled(_ results: [BenchResult], peak: MachinePeak) -> [String] {
        ConvolutionInstance.all.filter { instance in
            guard let share = results.first(where: { $0.name == instance.name })?.share(of: peak) else { return false }
            return share < 0.25 * min(1, Double(instance.chains) / 8)
        }.map(\.name)
    }
}

/// Images, weights and results of one convolution, between −½ and ½.
private struct ConvolutionNumbers {
    let memory: Storage<Float>
    let x: Floats, w: Floats, y: Floats, scratch: Floats

    init(_ window: SlidingWindow, filters: Int, rows: Int) {
        let counts = [
            rows * window.count, ConvolutionLoops.weightCount(window, filters: filters), rows * window.outPixels * filters,
            ConvolutionLoops.scratchCount(window, filters: filters),
        ]
        var starts = [0]
        for count in counts { starts.append(roundedToVector(starts[starts.count - 1] + count)) }
        memory = Storage(count: starts[counts.count])
        for i in 0..<starts[3] { memory.all[i] = Float((i &* 7919) % 1009) / 1009 - 0.5 }
        x = memory.all.slice(starts[0], counts[0])
        w = memory.all.slice(starts[1], counts[1])
        y = memory.all.slice(starts[2], counts[2])
        scratch = memory.all.slice(starts[3], counts[3])
    }
}
