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
            // A desktop that composes its windows keeps doing so for the others.
            unsafe _ = setHint("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0")
            guard initSubSystem(SDL_INIT_VIDEO) == 0 else {
                throw FrontError(
                    .noDisplay,
                    "no display to open a window on (\(lastError)); set DISPLAY (over ssh: ssh -X), or see --terminal and rl record"
                )
            }
            SDLLibrary.speakWhenDisplayIsLost()
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
