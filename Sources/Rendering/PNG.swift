// Writes a picture as a PNG file's bytes, by libpng.
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
}
