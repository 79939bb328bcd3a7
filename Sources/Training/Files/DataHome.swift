// Where presets, maps, trained agents and recordings are found: $BELLMAN_HOME, the installation, or the checkout.

/// The folder that holds `agents/`, `envs/` and `replays/`.
public struct DataHome: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable { case agents, envs, replays }

    public let path: String

    /// As the environment and the place of the running program say.
    public init() throws(FileError) {
        try self.init(home: System.environment("BELLMAN_HOME"), executable: DataHome.executable)
    }

    /// The same; nil where nothing is installed and nobody said where to look, which leaves a program without presets and agents.
    /// - Throws: `.missing` when `home` (`$BELLMAN_HOME`) names no folder.
    public static func find(home: String?) throws(FileError) -> DataHome? {
        if let home, !home.isEmpty { return try DataHome(home: home, executable: nil) }
        return try? DataHome(home: nil, executable: executable)
    }

    /// The first that serves: `home` (`$BELLMAN_HOME`; an empty one counts as unset), `../share/bellman` beside the executable,
    /// and the folder above the executable that holds `Package.swift`, `agents/` and `envs/`.
    /// - Throws: `.missing` when `home` is no folder, or nothing is found.
    public init(home: String?, executable: String?) throws(FileError) {
        if let home, !home.isEmpty {
            guard Folders.kind(of: home) == .folder else {
                throw FileError(.missing, path: home, "BELLMAN_HOME names no folder; correct it, or unset it")
            }
            path = home
            return
        }
        var folder = Paths.folder(of: executable ?? "/")
        let installed = Paths.join(Paths.folder(of: folder), "share/bellman")
        if Folders.kind(of: installed) == .folder {
            path = installed
            return
        }
        while true {
            let holds = { (name: String, kind: FileKind) in Folders.kind(of: Paths.join(folder, name)) == kind }
            if holds("Package.swift", .file) && holds("agents", .folder) && holds("envs", .folder) { break }
            guard folder != "/" && folder != "." else {
                throw FileError(
                    .missing, path: "",
                    "no presets and agents beside the program; set BELLMAN_HOME to the folder that holds agents/ and envs/")
            }
            folder = Paths.folder(of: folder)
        }
        path = folder
    }

    /// `…/agents`, whether or not it exists.
    public func folder(_ kind: Kind) -> String { Paths.join(path, kind.rawValue) }

    /// The path of one file, its name checked.
    /// - Throws: `.malformed` for a name with `/`, `..` or control characters.
    public func file(_ kind: Kind, _ name: String, suffix: String) throws(FileError) -> String {
        try Paths.validate(name: name)
        return Paths.join(folder(kind), name + suffix)
    }

    /// The names of the files that end in `suffix`, without it, in alphabetical order; none when there is no such folder.
    /// - Throws: `.missing` when the folder may not be read.
    public func names(_ kind: Kind, suffix: String) throws(FileError) -> [String] {
        guard Folders.kind(of: folder(kind)) != nil else { return [] }
        return try Folders.names(in: folder(kind), suffix: suffix).map { String($0.dropLast(suffix.count)) }
    }

    /// The running program's own file behind all links; a file replaced since the start is found under its old name.
    public static var executable: String? {
        guard let path = try? System.target(ofLink: "/proc/self/exe") else { return nil }
        let mark = " (deleted)"
        return path.hasSuffix(mark) && Folders.kind(of: path) == nil ? String(path.dropLast(mark.count)) : path
    }
}
