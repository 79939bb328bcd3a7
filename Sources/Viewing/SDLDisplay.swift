// Starting SDL's video on this machine's display, and what happens when the display goes away.
#if Viewer
    import CSDL2
    import Glibc

    extension SDLLibrary {
        /// Readies the display; each call wants one of `quitSubSystem`.
        ///
        /// - Throws: `.noDisplay`.
        func start() throws(FrontError) {
            // Ctrl-C stays what it is everywhere else: the signal ends the program, or stops whatever watches for it.
            unsafe _ = setHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1")
            // A copied picture needs no OpenGL, which takes a hundred megabytes and crashes when its display goes away while it starts.
            unsafe _ = setHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0")
            // A desktop that composes its windows keeps doing so for the others.
            unsafe _ = setHint("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0")
            SDLLibrary.speakWhenDisplayIsLost()
            let driver = SDLLibrary.variable("SDL_VIDEODRIVER"), wayland = SDLLibrary.variable("WAYLAND_DISPLAY")
            if driver == nil && wayland == nil {
                guard let display = SDLLibrary.variable("DISPLAY") else {
                    throw noDisplay("neither DISPLAY nor WAYLAND_DISPLAY is set")
                }
                // Where X fails, SDL would draw on a display that nobody sees.
                guard unsafe setHint("SDL_VIDEODRIVER", "x11") == SDL_TRUE, initSubSystem(SDL_INIT_VIDEO) == 0 else {
                    throw noDisplay("no X server answers at DISPLAY=\(display)")
                }
            } else {
                guard initSubSystem(SDL_INIT_VIDEO) == 0 else { throw noDisplay(lastError) }
            }
        }

        /// Nil where it is unset or empty.
        private static func variable(_ name: String) -> String? {
            guard let text = unsafe getenv(name).map({ unsafe String(cString: $0) }), !text.isEmpty else { return nil }
            return text
        }

        private func noDisplay(_ reason: String) -> FrontError {
            FrontError(
                .noDisplay,
                "no display to open a window on: \(reason); set DISPLAY (over ssh: ssh -X), or see rl watch --terminal and rl record"
            )
        }

        func stop() { quitSubSystem(SDL_INIT_VIDEO) }

        /// Xlib ends the program when its server is gone and lets nobody prevent it; it may be told what to say.
        private static func speakWhenDisplayIsLost() {
            typealias Handler = @convention(c) (OpaquePointer?) -> Int32
            typealias Setter = @convention(c) (Handler?) -> Handler?
            // Only where SDL itself has brought Xlib: other displays report an error as any other.
            guard let address = unsafe dlsym(nil, "XSetIOErrorHandler") ?? SDLLibrary.inXlib("XSetIOErrorHandler") else { return }
            let set = unsafe unsafeBitCast(address, to: Setter.self)
            _ = unsafe set { _ in
                let sentence = "rl: the display went away, and the window with it\n"
                unsafe _ = sentence.utf8CString.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
                _exit(1)
            }
        }

        private static func inXlib(_ name: String) -> UnsafeMutableRawPointer? {
            guard let xlib = unsafe dlopen("libX11.so.6", RTLD_NOW | RTLD_NOLOAD) else { return nil }
            return unsafe dlsym(xlib, name)
        }
    }
#endif
