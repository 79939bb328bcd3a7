// The window as the rooms above ask for it, whether this program was built with one or not.
public import Rendering

public enum Window {
    /// Opens a window of this many units, which are pixels but on dense displays.
    ///
    /// - Throws: `FrontError` when this program or this machine cannot.
    public static func open(title: String, size: PictureSize) throws(FrontError) -> any Front {
        #if Viewer
            return try SDLWindow(title: title, size: size)
        #else
            throw notBuilt
        #endif
    }

    /// Finds out whether a window could be opened, without opening one.
    ///
    /// - Throws: as `open`.
    public static func check() throws(FrontError) {
        #if Viewer
            let library = try SDLLibrary()
            try library.start()
            library.stop()
        #else
            throw notBuilt
        #endif
    }

    #if !Viewer
        private static let notBuilt = FrontError(
            .notBuilt, "this rl was built without the window (--disable-default-traits); see rl watch --terminal and rl record")
    #endif
}
