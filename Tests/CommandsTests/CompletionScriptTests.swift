// Completion scripts: bash's is run, those of zsh and fish are read.

import Commands
import Glibc
import Testing

@Suite struct CompletionScriptTests {
    private func script(_ shell: Shell) -> String { CompletionScript(sample).text(for: shell) }

    /// Runs `program` in bash and answers its exit status and what it printed.
    private func bash(_ program: String) throws -> (status: Int32, out: String) {
        let quoted = "'" + program.replacing("'", with: "'\\''") + "'"
        let pipe = try #require(popen("bash -c \(quoted) 2>&1", "r"))
        var out: [UInt8] = []
        while true {
            let byte = getc(pipe)
            if byte == EOF { break }
            out.append(UInt8(truncatingIfNeeded: byte))
        }
        return (pclose(pipe), String(decoding: out, as: UTF8.self))
    }

    /// What bash offers when the cursor is behind `words`.
    private func offered(_ words: String...) throws -> [String] {
        let list = words.map { "'\($0)'" }.joined(separator: " ")
        let program = script(.bash) + "COMP_WORDS=(\(list)); COMP_CWORD=\(words.count - 1); _rl; echo \"${COMPREPLY[*]}\""
        return try bash(program).out.split { $0 == " " || $0 == "\n" }.map(String.init)
    }

    @Test func bashAcceptsTheScript() throws {
        for application in [sample, Bellman.application()] {
            let result = try bash("bash -n <<'END'\n\(CompletionScript(application).text(for: .bash))END\n")
            #expect(result.out == "")
            #expect(result.status == 0)
        }
    }

    @Test func bashCompletesCommandsOptionsAndNames() throws {
        #expect(try offered("rl", "b") == ["brew"])
        #expect(try offered("rl", "brew", "--s") == ["--seed", "--strength", "--set"])
        #expect(try offered("rl", "brew", "tea", "--mode", "") == ["greedy", "sampled"])
        #expect(try offered("rl", "brew", "tea", "") == ["cartpole", "taxi"])
        #expect(try offered("rl", "brew", "--cups", "2", "--json", "tea", "t") == ["taxi"])
        #expect(try offered("rl", "brew", "tea", "taxi", "") == [])
        #expect(try offered("rl", "brew", "tea", "--a-very-long-option-name", "/us") == ["/usr"])
    }

    @Test func zshRulesQuoteWhatWouldBeSyntax() {
        let text = script(.zsh)
        #expect(text.hasPrefix("#compdef rl\n"))
        #expect(text.contains("'brew:makes a pot of whatever it is told to'"))
        #expect(text.contains("'--cups=[cups \\[1, ∞)\\: all in one pot]:N: '"))
        #expect(text.contains("'*--set=[set any detail]:KEY=VALUE: '"))
        #expect(text.contains("'::WORLD:(cartpole taxi)'"))
        #expect(text.contains("'--a-very-long-option-name=[gets a line of its own]:FOLDER:_files -/'"))
        #expect(text.filter { $0 == "'" }.count % 2 == 0)
    }

    @Test func fishRulesBelongToTheirCommand() {
        let lines = script(.fish).split(separator: "\n").map(String.init)
        #expect(lines.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("complete -c rl ") })
        let brew = "complete -c rl -n '__fish_seen_subcommand_from brew'"
        #expect(lines.contains("\(brew) -l json -d 'print JSON'"))
        #expect(
            lines.contains(
                "\(brew) -l mode -x -a 'greedy sampled' -d 'how to choose the leaves, which is explained at such a length that it wraps'"
            ))
        #expect(lines.contains("\(brew) -a 'cartpole taxi'"))
        #expect(lines.contains("\(brew) -l a-very-long-option-name -r -F -d 'gets a line of its own'"))
    }

    @Test func helpCompletesTheNamesOfCommands() {
        let names = Bellman.application().commands.map { $0.name }.joined(separator: " ")
        #expect(CompletionScript(Bellman.application()).text(for: .zsh).contains("'::COMMAND:(\(names))'"))
    }

    @Test func theCommandPrintsTheScript() {
        let application = Bellman.application()
        for shell in Shell.allCases {
            #expect(
                Invocation("completions \(shell.rawValue)", of: application).out == CompletionScript(application).text(for: shell)
            )
        }
    }
}
