// Logarithm and exponential of one Double, for the rooms that call no maths library themselves.
import Glibc

public enum ScalarMaths {
    /// The natural logarithm.
    public static func log(_ x: Double) -> Double { Glibc.log(x) }
    public static func exp(_ x: Double) -> Double { Glibc.exp(x) }
    public static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
    /// log(1 + x) without losing the digits of a small x.
    public static func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
}
