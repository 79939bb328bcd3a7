// Shell completion, written from the same declarations as the help.

/// The words of an application as the three shells want to hear them.
package struct CompletionScript {
    private let application: Application
    private var program: String { application.name }

    package init(_ application: Application) { self.application = application }

    package func text(for shell: Shell) -> String {
        let lines =
            switch shell {
            case .bash: bash
            case .zsh: zsh
            case .fish: fish
            }
        return lines.map { $0 + "\n" }.joined()
    }

    private func words(of completion: Completion) -> [String] {
        switch completion {
        case .nothing, .files, .folders: []
        case .words(let words): words
        case .names(.command): application.commands.map { $0.name }
        case .names(let kind): application.names(kind)
        }
    }

    // MARK: bash

    private var bash: [String] {
        let names = application.commands.map { $0.name } + ["--help", "--version"]
        var lines = [
            "# Completion of \(program) for bash: source <(\(program) completions bash)",
            "_\(program)() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} position=0 i",
            "    COMPREPLY=()",
            "    if (( COMP_CWORD == 1 )); then",
            "        COMPREPLY=( $(compgen -W \(quote(names)) -- \"$word\") )",
            "        return",
            "    fi",
            "    case ${COMP_WORDS[1]} in",
        ]
        for command in application.commands {
            lines.append("    \(command.name))")
            lines += bashBody(Declaration.all(of: command.init())).map { "        " + $0 }
            lines.append("        ;;")
        }
        return lines + ["    esac", "}", "complete -F _\(program) \(program)"]
    }

    private func bashBody(_ declarations: [Declaration]) -> [String] {
        let valued = declarations.filter { $0.role == .option }
        let options = declarations.filter { $0.role != .argument }.map(\.name) + ["--help"]
        let places = declarations.filter { $0.role == .argument }
        var lines: [String] = []
        if !valued.isEmpty {
            lines += ["case $before in"]
            lines += valued.map { "\($0.name)) \(bashReply($0.completion)); return ;;" }
            lines += ["esac"]
        }
        lines += [
            "if [[ $word == -* ]]; then",
            "    COMPREPLY=( $(compgen -W \(quote(options)) -- \"$word\") )",
            "    return",
            "fi",
        ]
        guard !places.isEmpty else { return lines }
        lines += ["for (( i = 2; i < COMP_CWORD; i++ )); do", "    case ${COMP_WORDS[i]} in"]
        if !valued.isEmpty { lines.append("    \(valued.map(\.name).joined(separator: "|"))) (( i++ )) ;;") }
        lines += ["    -*) ;;", "    *) (( position++ )) ;;", "    esac", "done", "case $position in"]
        for (index, place) in places.enumerated() {
            lines.append("\(place.isRepeatable ? "*" : String(index))) \(bashReply(place.completion)) ;;")
        }
        return lines + ["esac"]
    }

    private func bashReply(_ completion: Completion) -> String {
        switch completion {
        case .files: "COMPREPLY=( $(compgen -f -- \"$word\") )"
        case .folders: "COMPREPLY=( $(compgen -d -- \"$word\") )"
        default: "COMPREPLY=( $(compgen -W \(quote(words(of: completion))) -- \"$word\") )"
        }
    }

    // MARK: zsh

    private var zsh: [String] {
        var lines = [
            "#compdef \(program)",
            "# Completion of \(program) for zsh: write this to a file _\(program) in a folder of $fpath.",
            "_\(program)() {",
            "    local -a commands",
            "    if (( CURRENT == 2 )); then",
            "        commands=(",
        ]
        lines += application.commands.map { "            " + quote("\($0.name):\($0.summary.replacing(":", with: "\\:"))") }
        lines += [
            "        )",
            "        _describe command commands",
            "        _arguments '--help[show the commands]' '--version[show the version]'",
            "        return",
            "    fi",
            "    local command=$words[2]",
            "    shift words",
            "    (( CURRENT-- ))",
            "    case $command in",
        ]
        for command in application.commands {
            let rules = Declaration.all(of: command.init()).enumerated().map { zshRule($1) } + ["'--help[show this page]'"]
            lines.append("    \(command.name))")
            lines.append("        _arguments \\")
            lines += rules.enumerated().map { "            " + $1 + ($0 == rules.count - 1 ? "" : " \\") }
            lines.append("        ;;")
        }
        return lines + [
            "    esac", "}",
            "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _\(program) \"$@\"; else compdef _\(program) \(program); fi",
        ]
    }

    private func zshRule(_ declaration: Declaration) -> String {
        let help = zshText(declaration.help)
        let action =
            switch declaration.completion {
            case .files: "_files"
            case .folders: "_files -/"
            case let known: words(of: known).isEmpty ? " " : "(\(words(of: known).joined(separator: " ")))"
            }
        switch declaration.role {
        case .flag: return quote("\(declaration.name)[\(help)]")
        case .option:
            let name = (declaration.isRepeatable ? "*" : "") + declaration.name
            return quote("\(name)=[\(help)]:\(zshText(declaration.valueName ?? "value")):\(action)")
        case .argument:
            let place = declaration.isRepeatable ? "*:" : declaration.minimum > 0 ? ":" : "::"
            return quote("\(place)\(zshText(declaration.name)):\(action)")
        }
    }

    private func zshText(_ text: String) -> String {
        var result = ""
        for character in text {
            if "[]:\\".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    // MARK: fish

    private var fish: [String] {
        var lines = [
            "# Completion of \(program) for fish: write this to ~/.config/fish/completions/\(program).fish",
            "complete -c \(program) -f",
            "complete -c \(program) -n __fish_use_subcommand -l help -d 'show the commands'",
            "complete -c \(program) -n __fish_use_subcommand -l version -d 'show the version'",
        ]
        for command in application.commands {
            lines.append("complete -c \(program) -n __fish_use_subcommand -a \(command.name) -d \(fishQuote(command.summary))")
            let start = "complete -c \(program) -n '__fish_seen_subcommand_from \(command.name)'"
            for declaration in Declaration.all(of: command.init()) {
                lines += fishRule(declaration).map { "\(start) \($0)" }
            }
            lines.append("\(start) -l help -d 'show this page'")
        }
        return lines
    }

    private func fishRule(_ declaration: Declaration) -> [String] {
        let known = words(of: declaration.completion)
        let offered = known.isEmpty ? "" : " -a \(fishQuote(known.joined(separator: " ")))"
        let wantsFiles = declaration.completion == .files || declaration.completion == .folders
        let about = "-d \(fishQuote(declaration.help))"
        switch declaration.role {
        case .flag: return ["-l \(declaration.name.dropFirst(2)) \(about)"]
        case .option: return ["-l \(declaration.name.dropFirst(2)) \(wantsFiles ? "-r -F" : "-x")\(offered) \(about)"]
        case .argument: return wantsFiles ? ["-F"] : known.isEmpty ? [] : [String(offered.dropFirst())]
        }
    }

    private func fishQuote(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}

/// One word for bash and zsh, whatever it holds.
private func quote(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
private func quote(_ words: [String]) -> String { quote(words.joined(separator: " ")) }
