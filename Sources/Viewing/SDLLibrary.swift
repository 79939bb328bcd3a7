// SDL2's functions, looked up when a window is wanted: a program that opens none starts without the libraries behind a window.
#if Viewer
    import CSDL2
    import Glibc

    /// The functions that a window needs, by their names in SDL2 (https://wiki.libsdl.org/SDL2), with the types of its headers.
    @safe struct SDLLibrary {
        let initSubSystem: @convention(c) (UInt32) -> Int32
        let quitSubSystem: @convention(c) (UInt32) -> Void
        let getError: @convention(c) () -> UnsafePointer<CChar>?
        let setHint: @convention(c) (UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> SDL_bool
        let pollEvent: @convention(c) (UnsafeMutablePointer<SDL_Event>?) -> Int32
        let createWindow: @convention(c) (UnsafePointer<CChar>?, Int32, Int32, Int32, Int32, UInt32) -> OpaquePointer?
        let destroyWindow: @convention(c) (OpaquePointer?) -> Void
        let setMinimumSize: @convention(c) (OpaquePointer?, Int32, Int32) -> Void
        let getWindowSize: @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?) -> Void
        let createRenderer: @convention(c) (OpaquePointer?, Int32, UInt32) -> OpaquePointer?
        let destroyRenderer: @convention(c) (OpaquePointer?) -> Void
        let getOutputSize: @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<Int32>?) -> Int32
        let createTexture: @convention(c) (OpaquePointer?, UInt32, Int32, Int32, Int32) -> OpaquePointer?
        let destroyTexture: @convention(c) (OpaquePointer?) -> Void
        let updateTexture: @convention(c) (OpaquePointer?, UnsafePointer<SDL_Rect>?, UnsafeRawPointer?, Int32) -> Int32
        let renderCopy:
            @convention(c) (OpaquePointer?, OpaquePointer?, UnsafePointer<SDL_Rect>?, UnsafePointer<SDL_Rect>?) -> Int32
        let renderPresent: @convention(c) (OpaquePointer?) -> Void

        /// - Throws: `.noLibrary` with the command that installs it.
        init() throws(FrontError) {
            guard let handle = unsafe dlopen("libSDL2-2.0.so.0", RTLD_NOW) else {
                throw FrontError(
                    .noLibrary, "the window needs SDL2, which is not installed; install it with: apt-get install libsdl2-2.0-0")
            }
            func find<Function>(_ name: String) throws(FrontError) -> Function {
                guard let address = unsafe dlsym(handle, name) else {
                    throw FrontError(.noLibrary, "this machine's SDL2 has no \(name); install a newer libsdl2-2.0-0")
                }
                return unsafe unsafeBitCast(address, to: Function.self)
            }
            initSubSystem = try find("SDL_InitSubSystem")
            quitSubSystem = try find("SDL_QuitSubSystem")
            unsafe getError = try find("SDL_GetError")
            unsafe setHint = try find("SDL_SetHint")
            unsafe pollEvent = try find("SDL_PollEvent")
            unsafe createWindow = try find("SDL_CreateWindow")
            unsafe destroyWindow = try find("SDL_DestroyWindow")
            unsafe setMinimumSize = try find("SDL_SetWindowMinimumSize")
            unsafe getWindowSize = try find("SDL_GetWindowSize")
            unsafe createRenderer = try find("SDL_CreateRenderer")
            unsafe destroyRenderer = try find("SDL_DestroyRenderer")
            unsafe getOutputSize = try find("SDL_GetRendererOutputSize")
            unsafe createTexture = try find("SDL_CreateTexture")
            unsafe destroyTexture = try find("SDL_DestroyTexture")
            unsafe updateTexture = try find("SDL_UpdateTexture")
            unsafe renderCopy = try find("SDL_RenderCopy")
            unsafe renderPresent = try find("SDL_RenderPresent")
        }

        /// What SDL says of its last failure.
        var lastError: String { unsafe getError().map { unsafe String(cString: $0) } ?? "no reason given" }
    }
#endif
