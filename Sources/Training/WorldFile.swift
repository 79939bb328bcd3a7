// `envs/NAME.json`: a world as data, read when somebody asks for it.
public import Environments
public import RLCore

public enum WorldFile {
    /// The format: `{"format": 1, "world": "grid", "map": [...], "legend": {}, "slip": X, "reward": {}, "time_limit": N}`, and perhaps
    /// a `summary` and a `threshold`; see Documentation/worlds-as-files.md.
    ///
    /// - Throws: `.missing`, or `.malformed` with the line and column of what is wrong; inside a map row and column of the map.
    public static func read(_ path: String, name: String) throws(FileError) -> EnvironmentSpecification {
        var object = try JSONReader.read(path, options: .preset).object("a world")
        let format = try object.node("format")
        guard try format.integer("\"format\"") == 1 else { throw format.error("this rl reads worlds of format 1") }
        let kind = try object.node("world")
        guard try kind.string("\"world\"") == "grid" else {
            throw kind.error("the only kind of world that a file can describe is \"grid\"")
        }
        let mapNode = try object.node("map")
        var map: [String] = []
        for row in try mapNode.array("\"map\"") { map.append(try row.string("a row of the map")) }
        var legend: [String: String] = [:]
        if var letters = try object.objectIfPresent("legend") {
            for letter in letters.keys { legend[letter] = try letters.string(letter) }
            try letters.finish()
        }
        var reward: [String: Double] = ["G": 1]
        if var values = try object.objectIfPresent("reward") {
            reward = [:]
            for key in values.keys { reward[key] = try values.double(key) }
            try values.finish()
        }
        let slip = try object.double("slip", default: 0)
        let limit = try object.integer("time_limit", default: 100)
        let threshold = try object.doubleIfPresent("threshold")
        let summary = try object.string("summary", default: "a grid of \(map.count) rows, from envs/\(name).json")
        try object.finish()
        do throws(GridMapError) {
            return try GridWorldDescription(map: map, legend: legend, slip: slip, reward: reward, timeLimit: limit)
                .specification(name: name, summary: summary, threshold: threshold)
                .told(byDigest: digest(map: map, legend: legend, reward: reward))
        } catch { throw mapNode.error(error.description) }
    }

    /// Of what decides the rules and stands nowhere else: runs and agents write down slip and time limit themselves.
    private static func digest(map: [String], legend: [String: String], reward: [String: Double]) -> String {
        func sorted<Value>(_ values: [String: Value], _ json: (Value) -> JSON) -> JSON {
            .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) }))
        }
        let rules: JSON = ["map": JSON(map), "legend": sorted(legend) { JSON($0) }, "reward": sorted(reward) { JSON($0) }]
        return String(SHA256.hex(of: Array(JSONWriter.compact(rules).utf8).span).prefix(16))
    }

    /// The worlds of the `envs` folder of whatever `home` answers when it is asked.
    public static func elsewhere(home: @escaping @Sendable () -> DataHome?) -> EnvironmentCatalogue.Elsewhere {
        EnvironmentCatalogue.Elsewhere {
            ((try? home()?.names(.envs, suffix: ".json")) ?? nil) ?? []
        } find: { name in
            guard Paths.complaint(aboutName: name) == nil, let home = home() else { return nil }
            let path = try home.file(.envs, name, suffix: ".json")
            return Folders.kind(of: path) == nil ? nil : try read(path, name: name)
        }
    }
}
