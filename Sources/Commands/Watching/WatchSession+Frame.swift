// One picture of the session: the world, the panel beside it, a line below, and the help over both.

import Agents
import Basics
import RLCore
import Rendering
import Training
import Viewing

extension WatchSession {
    /// Narrower than this there is no panel, lower no line below: the world itself matters most.
    private static let leastForPanel = 480, leastForStatus = 120
    private static let statusHeight = 26

    /// What a front of this size shows now.
    ///
    /// - Parameter isFilm: the world as it is, without the line below it and without heat over it; the panel has both figures and heat.
    func frame(_ size: PictureSize, isFilm: Bool = false) -> Picture {
        lastSize = size
        var picture = Picture(width: size.width, height: size.height, .black)
        let lower = !isFilm && size.height >= WatchSession.leastForStatus ? WatchSession.statusHeight : 0
        let hasPanel = showsPanel && size.width >= WatchSession.leastForPanel
        let beside = hasPanel ? min(420, max(220, size.width * 2 / 5)) : 0
        let area = PixelArea(x: 0, y: 0, width: size.width - beside, height: size.height - lower)
        let scene = scene
        picture.paint(scene, in: area)
        if hasPanel, !isFilm, let attention = insight(attention: seesPicture)?.attention {
            picture.overlay(attention, over: scene.bounds, in: area)
        }
        if hasPanel {
            picture.paintPanel(panel, in: PixelArea(x: area.width, y: 0, width: beside, height: area.height))
        }
        if lower > 0 {
            paintStatus(on: &picture, in: PixelArea(x: 0, y: area.height, width: size.width, height: lower))
        }
        if showsHelp { picture.paintHelp(helpSections) }
        return picture
    }

    /// The world as it is now; worlds of states carry what the agent believes of them.
    var scene: Scene {
        var scene = Scene()
        if let believed, !isHuman {
            scene.stateValues = believed.values
            scene.stateActions = believed.actions
        }
        timeline.draw(on: &scene)
        return scene
    }

    /// Whether what the agent sees lies in the plane of the picture.
    private var seesPicture: Bool {
        if case .bytes(.image(_, _, _), _) = timeline.observationSpace { true } else { false }
    }

    /// What the panel says now.
    var panel: PanelContents {
        var panel = PanelContents(title: exhibit.title)
        panel.subtitle = isHuman ? "you play" : exhibit.subtitle
        panel.facts = facts
        panel.actionNames = actionNames
        panel.insight = insight(attention: seesPicture)
        let channels = exhibit.environment.channelNames
        if let planes = panel.insight?.planes, planes.count == channels.count {
            for (index, name) in channels.enumerated() { panel.insight?.planes[index].name = name }
        }
        panel.chosenAction = chosenAction(panel.insight)
        panel.returns = timeline.returns
        panel.values = valueHistory
        panel.finishedReturns = finishedReturns
        panel.learningCurve = learningCurve
        if let solved, !isHuman, let state {
            panel.exactScores = solved.exactScores(of: state)
            panel.exactValue = solved.plan.values[state]
            panel.maps = [solved.exactMap(at: state)].compactMap { $0 }
        }
        if isHuman { panel.lines = human.controls.table.map { "\($0.keys)  \($0.help)" } }
        return panel
    }

    /// The action that belongs to `insight`: the next one where it is known or follows from the scores, at the end the last one. Of a
    /// policy that draws, nobody knows it before it is taken.
    private func chosenAction(_ insight: Insight?) -> Int? {
        let known = timeline.ending == .running ? timeline.nextAction : timeline.lastAction
        if case .discrete(let index)? = known { return index }
        guard mode == .greedy, timeline.ending == .running else { return nil }
        switch insight?.scores {
        case .values(let scores)?, .probabilities(let scores)?: return scores.indices.max { scores[$0] < scores[$1] }
        case .normal?, nil: return nil
        }
    }

    private var actionNames: [String] {
        guard case .discrete(let count) = timeline.actionSpace else { return exhibit.environment.actionNames }
        let names = exhibit.environment.actionNames
        return (0..<count).map { names.indices.contains($0) ? names[$0] : "action \($0)" }
    }

    private var facts: [PanelContents.Fact] {
        var facts: [PanelContents.Fact] = []
        if let runStatus { facts.append(.init("run", runStatus)) }
        facts.append(.init("episode", grouped(episode + 1)))
        facts.append(.init("seed", "\(timeline.seed)"))
        facts.append(.init("step", grouped(timeline.position)))
        facts.append(.init(isHuman ? "score" : "return", plain((timeline.totalReward * 1000).rounded() / 1000)))
        if timeline.ending != .running { facts.append(.init("ended", "\(timeline.ending)")) }
        if exhibit.agent != nil && !isHuman { facts.append(.init("mode", modeName)) }
        return facts
    }

    /// One line: what just happened, or the keys to begin with; on the right how fast it goes.
    private func paintStatus(on picture: inout Picture, in area: PixelArea) {
        picture.paintBar(.bar, in: area)
        let height = 8.0, middle = Double(area.y) + Double(area.height) / 2
        let left = Point(10, middle), right = Point(Double(area.width) - 10, middle)
        let state = isPaused ? "paused" : waitsForKeys && isHuman ? "waits for your keys" : "\(speedName) speed"
        let room = Double(area.width) - Picture.width(of: state, height: height) - 40
        let words = notice?.text ?? hint
        let shown = Picture.fitted(words, in: room, height: height)
        picture.write(shown, at: left, height: height, notice == nil ? .faintText : .brightText, .leading, in: area)
        if room > 0 { picture.write(state, at: right, height: height, .faintText, .trailing, in: area) }
    }

    /// The status line of fronts that write text themselves.
    var statusLine: String {
        let state = isPaused ? "paused" : "\(speedName) speed"
        let outcome = timeline.ending == .running ? "" : ", \(timeline.ending)"
        return notice?.text
            ?? "episode \(grouped(episode + 1)), step \(grouped(timeline.position)), return \(plain(timeline.totalReward))\(outcome), \(state)   \(hint)"
    }

    private var hint: String {
        "? keys   "
            + [ViewerCommand.pause, .stepForward, .stepBack, .takeOver, .quit].map { command in
                "\(viewerKeys(of: command)) \(shortName(of: command))"
            }.joined(separator: "   ")
    }
    private func shortName(of command: ViewerCommand) -> String {
        switch command {
        case .pause: isPaused ? "go on" : "pause"
        case .stepForward: "step"
        case .stepBack: "back"
        case .takeOver: isHuman ? "hand over" : "take over"
        default: "quit"
        }
    }
    /// The first key of a command that does not play the world now.
    private func viewerKeys(of command: ViewerCommand) -> String {
        let free = command.keys.first { !isHuman || !human.controls.uses($0) }
        return free?.description ?? "–"
    }

    /// 1×, 2×, ½× and so on.
    private var speedName: String { speed >= 1 ? "\(plain(speed))×" : "1/\(plain((1 / speed).rounded()))×" }

    /// The viewer's keys, and the world's where a person plays.
    var helpSections: [HelpSection] {
        let free = ViewerCommand.allCases.map { command in
            (
                keys: command.keys.filter { !isHuman || !human.controls.uses($0) }.map(\.description).joined(separator: " "),
                help: command.help
            )
        }
        let own = HelpSection(title: "keys", rows: free.filter { !$0.keys.isEmpty })
        let world = HelpSection(title: isHuman ? "you play with" : "after t you play with", rows: human.controls.table)
        return [world, own]
    }
}
