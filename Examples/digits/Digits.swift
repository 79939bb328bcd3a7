// The hand-written digits beside this file, read into memory.
public import Basics
import FoundationEssentials
public import Kernels

/// 1,797 images of 8×8 pixels and what they show; where they come from is in LICENCE.md.
public struct Digits {
    public static let shape = Shape.image(height: 8, width: 8, channels: 1)
    public static let pixelCount = 64, classes = 10

    /// [count, 64], grey values from 0 to 1.
    public let pixels: Storage<Float>
    /// The digit of each image.
    public let labels: [Int]

    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Throws: `Unreadable` where the file is not there or not what it was.
    public init(file: String = Digits.file) throws(Unreadable) {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw Unreadable(description: "cannot read \(file): run this in a checkout, which brings the digits along")
        }
        // 64 grey values from 0 to 16, then the digit.
        let rows = text.split(separator: "\n").map { $0.split(separator: ",").compactMap { Int($0) } }
        guard rows.count == 1797, rows.allSatisfy({ $0.count == Digits.pixelCount + 1 }) else {
            throw Unreadable(description: "\(file) does not hold 1,797 lines of 65 numbers")
        }
        pixels = Storage(count: rows.count * Digits.pixelCount)
        labels = rows.map { $0[Digits.pixelCount] }
        for (i, row) in rows.enumerated() {
            for j in 0..<Digits.pixelCount { pixels.all[i * Digits.pixelCount + j] = Float(row[j]) / 16 }
        }
    }

    /// The pixels of one image, [64].
    public func image(_ index: Int) -> Floats { pixels.all.row(index, width: Digits.pixelCount) }

    /// Where the checkout that this was built from keeps them.
    public static var file: String {
        let here = "\(#filePath)"
        return String(here[...(here.lastIndex(of: "/") ?? here.startIndex)]) + "digits.csv"
    }
}
