// The named colours of the house, which every kind of colour vision tells apart.

extension Colour {
    // Okabe and Ito, "Color Universal Design" (2008), without its black.
    public static let orange = Colour(230, 159, 0)
    public static let skyBlue = Colour(86, 180, 233)
    public static let green = Colour(0, 158, 115)
    public static let yellow = Colour(240, 228, 66)
    public static let blue = Colour(0, 114, 178)
    public static let vermilion = Colour(213, 94, 0)
    public static let rose = Colour(204, 121, 167)

    // Grounds and inks to set them on.
    public static let slate = Colour(96, 108, 128)
    public static let snow = Colour(242, 244, 248)
    public static let night = Colour(18, 22, 32)

    /// The same colour, seen through to what is below.
    public func faded(to opacity: UInt8) -> Colour { Colour(red, green, blue, opacity: opacity) }

    /// The colour `share` of the way from this one to `other`, both opaque.
    public func mixed(with other: Colour, _ share: Double) -> Colour {
        let share = max(0, min(1, share))
        func mix(_ own: UInt8, _ other: UInt8) -> UInt8 { UInt8(Double(own) + (Double(other) - Double(own)) * share + 0.5) }
        return Colour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }
}
