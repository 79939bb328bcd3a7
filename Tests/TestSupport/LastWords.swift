// What a trapped process said, for tests of the sentences that mistakes of the caller are answered with.
public import Testing

extension ExitTest.Result? {
    /// Everything on standard error; ask for it with `observing: [\.standardErrorContent]`.
    public var lastWords: String { String(decoding: self?.standardErrorContent ?? [], as: UTF8.self) }
}
