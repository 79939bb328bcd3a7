// A picture as a PNG file's bytes and back, by libpng.
import CPNG

extension Picture {
    /// The same bytes for the same picture on one machine; on another the version of zlib may choose others.
    public func png() -> [UInt8] {
        var image = unsafe png_image()
        unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
        unsafe image.width = png_uint_32(width)
        unsafe image.height = png_uint_32(height)
        unsafe image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
        // Ours are at most 768 MiB; what libpng adds to pixels that do not shrink is far below a tenth and a kilobyte.
        let bound = pixels.count + pixels.count / 10 + 1024 + height
        var length = bound
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let written = unsafe pixels.withUnsafeBufferPointer { source in
                unsafe png_image_write_to_memory(&image, buffer.baseAddress, &length, 0, source.baseAddress, 0, nil)
            }
            count = written == 0 ? 0 : length
        }
        guard !bytes.isEmpty else { fatalError("libpng refused a picture of \(width) by \(height) pixels") }
        return bytes
    }

    /// The picture of a PNG file of any kind, as 8 bits a channel, what is transparent on white; nil where `bytes` are no such file, or
    /// one of more than 16,384 pixels a side.
    public init?(png bytes: [UInt8]) {
        let found = unsafe bytes.withUnsafeBytes { source -> Picture? in
            var image = unsafe png_image()
            unsafe image.version = png_uint_32(PNG_IMAGE_VERSION)
            defer { unsafe png_image_free(&image) }
            guard unsafe png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else { return nil }
            unsafe image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
            let width = unsafe Int(image.width), height = unsafe Int(image.height)
            guard (1...16_384).contains(width), (1...16_384).contains(height) else { return nil }
            let count = width * height * 3
            let pixels = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                var white = png_color(red: 255, green: 255, blue: 255)
                let read = unsafe png_image_finish_read(&image, &white, buffer.baseAddress, 0, nil)
                filled = read == 0 ? 0 : count
            }
            return pixels.isEmpty ? nil : Picture(width: width, height: height, pixels: pixels)
        }
        guard let found else { return nil }
        self = found
    }
}
