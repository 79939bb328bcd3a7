// `rl help`: the same pages as `--help`, for those who ask in words.

struct HelpCommand: Command {
    static let name = "help"
    static let summary = "shows the commands, or everything about one of them"
    static let examples = ["rl help doctor"]

    @Argument("COMMAND", completing: .names(.command), help: "the command to explain; all of them without it")
    var command: String?

    mutating func run(_ context: inout Context) throws {
        let application = context.application
        let width = application.pageWidth(context.output)
        if let command {
            context.output.write(try application.command(named: command).helpPage(program: application.name, width: width))
        } else {
            context.output.write(application.helpPage(width: width))
        }
    }
}
