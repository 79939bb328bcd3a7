// What a world with lives tells, so that a wrapper can see one being lost.

public protocol Mortal: Environment {
    /// What is left, the one being played included; 0 in a game without lives.
    var lives: Int { get }
}

extension Wrapper where Base: Mortal {
    @inlinable public var lives: Int { base.lives }
}

extension TimeLimit: Mortal where Base: Mortal {}
