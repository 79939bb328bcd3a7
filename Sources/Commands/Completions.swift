// `rl completions`: scripts that teach a shell the commands, their options and the names of things.

/// The shells that can be taught.
package enum Shell: String, CaseIterable, ArgumentValue, OptionValue {
    case bash, zsh, fish

    package typealias Single = Shell
}

struct Completions: Command {
    static let name = "completions"
    static let summary = "prints a script that completes commands and options in your shell"
    static let discussion = """
        bash: put `source <(rl completions bash)` into ~/.bashrc. zsh: write it to a file _rl in a folder of $fpath. \
        fish: write it to ~/.config/fish/completions/rl.fish.
        """
    static let examples = ["rl completions bash"]

    @Argument("SHELL", help: "bash, zsh or fish") var shell: Shell

    mutating func run(_ context: inout Context) throws {
        context.output.write(CompletionScript(context.application).text(for: shell))
    }
}
