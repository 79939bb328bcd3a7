// swift-tools-version: 6.2
// The rooms of Documentation/architecture.md as a table; every setting is applied in one place.
import PackageDescription

/// Which CPU the binary is for: `native` (this machine's), `x86-64-v3`, or `baseline` (any x86-64, no flags at all).
let cpu = Context.environment["RL_CPU"] ?? "native"
guard ["native", "x86-64-v3", "baseline"].contains(cpu) else {
    fatalError("RL_CPU is \"\(cpu)\"; it must be native, x86-64-v3 or baseline")
}
let machine = cpu == "baseline" ? [] : ["-march=\(cpu)"]
let importedMachine = machine.flatMap { ["-Xcc", $0] }

let common: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (machine.isEmpty ? [] : [.unsafeFlags(importedMachine)])

/// Above Kernels the compiler guards the wall: every unsafe construct must be marked.
let safe = common + [.strictMemorySafety()]
/// Kernels alone runs unchecked: its public doors check with `guard … else { fatalError(…) }`, which survives.
let fast =
    common
    + (machine.isEmpty ? [] : [.unsafeFlags(["-Xcc", "-fno-math-errno"])])
    + (machine.isEmpty ? [] : [.unsafeFlags(["-Ounchecked"], .when(configuration: .release))])

/// A library room: its name, and the rooms below that it may open.
func room(_ name: String, _ below: [Target.Dependency], settings: [SwiftSetting] = safe) -> Target {
    .target(name: name, dependencies: below, swiftSettings: settings, linkerSettings: [.linkedLibrary("m")])
}
/// A program of Examples/: what someone would write who uses the rooms.
func example(_ name: String, _ rooms: [Target.Dependency], exclude: [String] = []) -> Target {
    .executableTarget(
        name: name, dependencies: rooms, path: "Examples/\(name)", exclude: exclude, swiftSettings: safe,
        linkerSettings: [.linkedLibrary("m")])
}
func tests(of name: String, _ more: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + more, swiftSettings: common)
}

let package = Package(
    name: "bellman",
    products: [
        .executable(name: "rl", targets: ["rl"]),
        .library(name: "Bellman", targets: ["Commands", "Training", "Agents", "Environments", "Neural", "RLCore"]),
    ],
    traits: [
        .default(enabledTraits: ["Viewer"]),
        .trait(name: "Viewer", description: "The SDL2 window; without it the binary needs no SDL2 on the machine."),
    ],
    targets: [
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CSDL2", providers: [.apt(["libsdl2-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .target(name: "CVector", cSettings: machine.isEmpty ? [] : [.unsafeFlags(machine)]),
        .target(name: "CKernels", dependencies: ["CVector"]),

        room("Basics", []),
        room("Kernels", ["Basics", "CVector", "CKernels", "COpenBLAS"], settings: fast),
        room("RLCore", ["Basics", "Kernels"]),
        room("Neural", ["Basics", "Kernels"]),
        room("Environments", ["Basics", "Kernels", "RLCore"]),
        room("Agents", ["Basics", "Kernels", "RLCore", "Neural"]),
        room("Training", ["Basics", "Kernels", "RLCore", "Environments", "Agents"]),
        room("Rendering", ["RLCore", "CPNG"]),
        room("Viewing", ["Rendering", .target(name: "CSDL2", condition: .when(traits: ["Viewer"]))]),
        room("Measuring", ["Basics", "Kernels", "Neural", "RLCore", "Environments", "Agents"]),
        room(
            "Commands",
            ["Basics", "Kernels", "RLCore", "Environments", "Agents", "Training", "Rendering", "Viewing", "Measuring"]),
        .executableTarget(name: "rl", dependencies: ["Commands"], swiftSettings: safe),

        .target(
            name: "Digits", dependencies: ["Basics", "Kernels"], path: "Examples/digits", exclude: ["LICENCE.md", "digits.csv"],
            swiftSettings: safe),
        example("read-digits", ["Basics", "Kernels", "Neural", "Digits"]),
        example("compare-depths", ["Basics", "Kernels", "Neural", "Digits"]),
        example("copy-symbols", ["Basics", "Kernels", "Neural"]),
        example("own-world", ["Basics", "RLCore", "Commands"], exclude: ["dqn-sled.json"]),

        .target(
            name: "TestSupport", dependencies: ["Basics", "Kernels", "RLCore", "Neural", "CMallocCount"],
            path: "Tests/TestSupport", swiftSettings: common),
        .target(name: "CMallocCount", path: "Tests/CMallocCount"),
        tests(of: "Basics"),
        tests(of: "Kernels", ["Basics", "COpenBLAS", "CVector"]),
        tests(of: "RLCore", ["Basics", "Kernels"]),
        tests(of: "Neural", ["Basics", "Kernels"]),
        tests(of: "Environments", ["Basics", "Kernels", "RLCore"]),
        tests(of: "Agents", ["Basics", "Kernels", "RLCore", "Neural", "Environments"]),
        tests(of: "Training", ["Basics", "Kernels", "RLCore", "Neural", "Environments", "Agents"]),
        tests(of: "Rendering", ["Basics", "Kernels", "RLCore", "Environments"]),
        tests(of: "Measuring", ["Basics", "Kernels", "Neural", "RLCore", "Environments"]),
        tests(of: "Viewing", ["Rendering"]),
        tests(
            of: "Commands",
            ["Basics", "Kernels", "RLCore", "Environments", "Agents", "Training", "Rendering", "Viewing", "Measuring"]),
        .testTarget(
            name: "ExamplesTests", dependencies: ["read-digits", "compare-depths", "copy-symbols", "own-world"],
            swiftSettings: common),
        .testTarget(name: "ArchitectureTests", swiftSettings: common),
    ]
)
