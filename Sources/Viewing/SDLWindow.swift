// A window: one picture in it, and the events of its keyboard and mouse.
#if Viewer
    import CSDL2
    import Rendering

    /// Made, used and closed on one thread.
    @safe final class SDLWindow: Front {
        private let library: SDLLibrary
        private var window: OpaquePointer?
        private var renderer: OpaquePointer?
        private var texture: OpaquePointer?
        private var textureSize = PictureSize(width: 1, height: 1)

        /// - Throws: when there is no SDL2, or no display to open a window on.
        init(title: String, size: PictureSize) throws(FrontError) {
            library = try SDLLibrary()
            try library.start()
            let flags = SDL_WINDOW_RESIZABLE.rawValue | SDL_WINDOW_ALLOW_HIGHDPI.rawValue
            unsafe window = library.createWindow(
                title, SDLWindow.anywhere, SDLWindow.anywhere, Int32(size.width), Int32(size.height), flags)
            guard unsafe window != nil else { throw fail("cannot open a window") }
            unsafe library.setMinimumSize(window, 160, 120)
            // The picture is painted by the processor and only copied to the screen. SDL_RENDER_DRIVER=opengl asks for a graphics card.
            // Whoever shows pictures keeps the time: waiting for the screen as well would only be a second clock.
            unsafe renderer = library.createRenderer(window, -1, SDL_RENDERER_SOFTWARE.rawValue)
            guard unsafe renderer != nil else { throw fail("cannot draw in the window") }
        }

        deinit {
            unsafe library.destroyTexture(texture)
            unsafe library.destroyRenderer(renderer)
            unsafe library.destroyWindow(window)
            library.quitSubSystem(SDL_INIT_VIDEO)
        }

        /// SDL_WINDOWPOS_UNDEFINED, a macro that Swift does not see.
        private static let anywhere: Int32 = 0x1FFF_0000

        /// In the display's own pixels, of which dense displays have several in one of the window's units.
        var pictureSize: PictureSize {
            var width: Int32 = 0, height: Int32 = 0
            guard unsafe library.getOutputSize(renderer, &width, &height) == 0 else { return textureSize }
            return PictureSize(width: Int(width), height: Int(height))
        }

        /// Whether the key that went down last had been down already.
        private var isHeld = false

        func events() throws -> [FrontEvent] {
            var found: [FrontEvent] = []
            var event = unsafe SDL_Event()
            while unsafe library.pollEvent(&event) == 1 {
                if unsafe isExposure(event) { present() }
                if unsafe SDL_EventType(rawValue: event.type) == SDL_KEYDOWN { isHeld = unsafe event.key.repeat != 0 }
                if let known = unsafe translated(event, pixelsInUnit: pixelsInUnit, isHeld: isHeld) { found.append(known) }
            }
            return found
        }

        /// Pixels of the picture for one unit of the mouse.
        private var pixelsInUnit: Double {
            var width: Int32 = 0, height: Int32 = 0
            unsafe library.getWindowSize(window, &width, &height)
            return width > 0 ? Double(pictureSize.width) / Double(width) : 1
        }

        func show(_ picture: Picture) throws {
            let size = PictureSize(width: picture.width, height: picture.height)
            if unsafe texture == nil || size != textureSize {
                unsafe library.destroyTexture(texture)
                unsafe texture = library.createTexture(
                    renderer, SDL_PIXELFORMAT_RGB24.rawValue, Int32(SDL_TEXTUREACCESS_STREAMING.rawValue), Int32(size.width),
                    Int32(size.height))
                guard unsafe texture != nil else { throw fail("cannot draw a picture of this size") }
                textureSize = size
            }
            let copied = unsafe picture.pixels.withUnsafeBytes { bytes in
                unsafe library.updateTexture(texture, nil, bytes.baseAddress, Int32(3 * picture.width))
            }
            guard copied == 0, present() else { throw fail("cannot draw in the window any more") }
        }

        /// Shows the picture that the texture holds.
        @discardableResult private func present() -> Bool {
            guard unsafe texture != nil else { return true }
            guard unsafe library.renderCopy(renderer, texture, nil, nil) == 0 else { return false }
            unsafe library.renderPresent(renderer)
            return true
        }

        private func fail(_ what: String) -> FrontError { FrontError(.lost, "\(what): \(library.lastError)") }
    }
#endif
