// Help is data, so its pages are compared whole.

import Commands
import Testing

@Suite struct HelpTests {
    @Test func aPageShowsEverythingThatACommandDeclares() {
        #expect(
            Invocation("brew tea --help").out == """
                usage: rl brew DRINK [WORLD] [options]

                Makes a pot of whatever it is told to.

                A paragraph that is long enough to be wrapped, since nobody wants to read lines that run on and on
                beyond the edge of the page.

                And a second one.

                arguments
                  DRINK                       what to make
                  WORLD                       where to make it

                options
                  --cups N                    cups [1, ∞): all in one pot (default 4)
                  --seed N                    seed (default 0)
                  --strength X                from water to mud (default 0.5)
                  --temperature X             degrees; below zero is allowed
                  --until X|none              stop there
                  --set KEY=VALUE             set any detail (repeatable)
                  --mode greedy|sampled       how to choose the leaves, which is explained at such a length that it
                                              wraps (default greedy)
                  --a-very-long-option-name FOLDER
                                              gets a line of its own
                  --json                      print JSON
                  -h, --help                  show this page

                examples
                  rl brew tea cartpole --cups 2   # two cups
                  rl brew tea cartpole --json

                """)
    }

    @Test func helpOutweighsMistakes() {
        let invocation = Invocation("brew --cups zero -h --nonsense")
        #expect(invocation.status == 0)
        #expect(invocation.out.hasPrefix("usage: rl brew DRINK"))
        #expect(invocation.err == "")
    }

    @Test func theListOfCommands() {
        #expect(
            Invocation("--help", of: Bellman.application()).out.hasPrefix(
                """
                usage: rl COMMAND [arguments] [options]

                Bellman trains, evaluates, records and shows reinforcement-learning agents.

                commands

                """))
    }

    @Test func doctor() {
        #expect(
            Invocation("doctor --help", of: Bellman.application()).out == """
                usage: rl doctor [options]

                Checks this machine and says what to do about what it finds.

                Looks at the CPU and what the program was built for, OpenBLAS and the variables that steer it,
                cores, disk, display, optional tools and the terminal. Changes nothing; a warning is no error, so
                the exit status is 0.

                options
                  --json      print one JSON document and nothing else
                  -h, --help  show this page

                examples
                  rl doctor
                  rl doctor --json

                """)
    }

    @Test func completions() {
        #expect(
            Invocation("completions --help", of: Bellman.application()).out == """
                usage: rl completions SHELL

                Prints a script that completes commands and options in your shell.

                bash: put `source <(rl completions bash)` into ~/.bashrc. zsh: write it to a file _rl in a folder of
                $fpath. fish: write it to ~/.config/fish/completions/rl.fish.

                arguments
                  SHELL       bash, zsh or fish

                options
                  -h, --help  show this page

                example
                  rl completions bash

                """)
    }

    @Test func helpInWordsIsTheSamePage() {
        let application = Bellman.application()
        #expect(Invocation("help doctor", of: application).out == Invocation("doctor --help", of: application).out)
        #expect(Invocation("help", of: application).out == Invocation("--help", of: application).out)
        #expect(Invocation("help doctro", of: application).complaint == "rl: unknown command \"doctro\"; did you mean doctor?")
        #expect(Invocation("help doctro", of: application).status == 64)
    }

    /// Every command that is ever added keeps its page narrow, its summary one line, and shows an example that parses.
    @Test(arguments: Bellman.application().commands.map { $0.name }) func everyCommandKeepsTheHouseRules(name: String) throws {
        let application = Bellman.application()
        let type = try #require(application.commands.first { $0.name == name })
        let page = Invocation([name, "--help"], of: application).out
        for line in page.split(separator: "\n").map(String.init) { #expect(line.columns <= 100, "\(line)") }
        #expect(!type.summary.isEmpty && !type.summary.contains("\n") && type.summary.last != ".")
        #expect(!type.examples.isEmpty)
        for example in type.examples {
            let words = example.split(separator: " ").map(String.init).prefix { !["#", "|", ">", "&&"].contains($0) }
            #expect(words.prefix(2) == ["rl", name])
            #expect(throws: Never.self) { _ = try parse(type, Array(words.dropFirst(2))) }
        }
    }
}
