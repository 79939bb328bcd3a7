// The window on SDL's dummy driver: it opens, takes pictures of any size, and closes, without a display.

import Foundation
import Rendering
import Testing

@testable import Viewing

@Suite(.serialized) struct WindowTests {
    init() { setenv("SDL_VIDEODRIVER", "dummy", 1) }

    @Test func showsPicturesOfAnySize() throws {
        let window = try Window.open(title: "test", size: PictureSize(width: 320, height: 200))
        #expect(window.pictureSize == PictureSize(width: 320, height: 200))
        for (width, height) in [(320, 200), (64, 48), (1200, 800), (1, 1)] {
            try window.show(Picture(width: width, height: height))
            _ = try window.events()
        }
    }

    @Test func opensAgainAfterItWasClosed() throws {
        for _ in 0..<3 { _ = try Window.open(title: "test", size: PictureSize(width: 160, height: 120)).events() }
        try Window.check()
    }
}
