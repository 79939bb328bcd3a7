// The rooms of Documentation/architecture.md as data: which modules each may open. What is absent here is forbidden.

/// One target under `Sources`, and all that its files may import.
struct Room {
    let name: String
    /// The rooms below that it may open.
    let below: Set<String>
    /// The modules of the toolchain that it may open besides the standard library.
    var system: Set<String> = []
}

/// Bottom first: a room may open only rooms that stand before it, which a test asserts of this table too.
let rooms: [Room] = [
    Room(name: "COpenBLAS", below: []),
    Room(name: "CSDL2", below: []),
    Room(name: "CPNG", below: []),
    Room(name: "CVector", below: []),
    Room(name: "CKernels", below: ["CVector"]),
    Room(name: "Basics", below: []),
    Room(name: "Kernels", below: ["Basics", "CVector", "CKernels", "COpenBLAS"], system: ["Glibc", "Synchronization"]),
    Room(name: "RLCore", below: ["Basics", "Kernels"]),
    Room(name: "Neural", below: ["Basics", "Kernels"]),
    Room(name: "Environments", below: ["Basics", "Kernels", "RLCore"]),
    Room(name: "Agents", below: ["Basics", "Kernels", "RLCore", "Neural"]),
    Room(
        name: "Training", below: ["Basics", "Kernels", "RLCore", "Environments", "Agents"],
        system: ["FoundationEssentials", "Glibc", "Synchronization"]),
    Room(name: "Rendering", below: ["Basics", "Kernels", "RLCore", "CPNG"], system: ["FoundationEssentials"]),
    Room(name: "Viewing", below: ["Basics", "Kernels", "RLCore", "Rendering", "CSDL2"], system: ["Glibc"]),
    Room(
        name: "Measuring", below: ["Basics", "Kernels", "RLCore", "Neural", "Environments", "Agents"], system: ["Glibc"]),
    Room(
        name: "Commands",
        below: [
            "Basics", "Kernels", "RLCore", "Neural", "Environments", "Agents", "Training", "Rendering", "Viewing",
            "Measuring",
        ],
        system: ["FoundationEssentials", "Glibc", "Synchronization"]),
    Room(name: "rl", below: ["Commands"]),
]

/// The files that start a process, the only ones that may open all of Foundation.
let filesThatStartProcesses: Set<String> = []

/// Whether a file may name pointers: Kernels, the window's calls to SDL, and the few files that talk to the system or copy bytes in bulk.
func mayHoldPointers(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, let file = parts.last else { return false }
    switch parts[1] {
    case "Kernels": return true
    case "Viewing": return parts.count == 3 && file.hasPrefix("SDL")
    case "Training": return ["System.swift", "RawBytes.swift"].contains(file) && parts[2] == "Files"
    case "Rendering": return file == "PNG.swift" && parts.count == 3
    case "Commands": return file.hasPrefix("System")
    default: return false
    }
}
