// SDL's events in the words of every front.
#if Viewer
    import CSDL2

    /// Nil for what nobody here waits for.
    ///
    /// - Parameters:
    ///   - pixelsInUnit: of the picture, for one unit of the mouse.
    ///   - isHeld: whether the key that went down last had been down already; text does not tell by itself.
    func translated(_ event: SDL_Event, pixelsInUnit: Double, isHeld: Bool) -> FrontEvent? {
        switch unsafe SDL_EventType(rawValue: event.type) {
        case SDL_QUIT: return .closed
        case SDL_KEYDOWN:
            return unsafe key(event.key.keysym).map { unsafe .pressed($0, isRepeat: event.key.repeat != 0) }
        case SDL_TEXTINPUT: return unsafe sign(event.text.text.0).map { .pressed($0, isRepeat: isHeld) }
        case SDL_KEYUP: return unsafe key(event.key.keysym).map { .released($0) }
        case SDL_MOUSEBUTTONDOWN:
            guard unsafe event.button.button == 1 else { return nil }
            return unsafe .clicked(
                x: Int(Double(event.button.x) * pixelsInUnit), y: Int(Double(event.button.y) * pixelsInUnit))
        case SDL_MOUSEWHEEL: return unsafe event.wheel.y == 0 ? nil : .scrolled(Int(event.wheel.y))
        case SDL_WINDOWEVENT:
            return unsafe SDL_WindowEventID(rawValue: UInt32(event.window.event)) == SDL_WINDOWEVENT_FOCUS_LOST
                ? .releasedAll : nil
        default: return nil
        }
    }

    /// Whether what the window showed has been lost, as when another one covered it.
    func isExposure(_ event: SDL_Event) -> Bool {
        unsafe SDL_EventType(rawValue: event.type) == SDL_WINDOWEVENT
            && SDL_WindowEventID(rawValue: UInt32(event.window.event)) == SDL_WINDOWEVENT_EXPOSED
    }

    /// Letters, digits, the space and keys with names; signs stand elsewhere on every keyboard and come as text.
    private func key(_ symbol: SDL_Keysym) -> Key? {
        let code = UInt32(bitPattern: symbol.sym)
        switch SDL_KeyCode(rawValue: code) {
        case SDLK_ESCAPE: return .escape
        case SDLK_RETURN, SDLK_KP_ENTER: return .enter
        case SDLK_BACKSPACE: return .backspace
        case SDLK_TAB: return .tab
        case SDLK_LEFT: return .left
        case SDLK_RIGHT: return .right
        case SDLK_UP: return .up
        case SDLK_DOWN: return .down
        case SDLK_SPACE: return .space
        default: break
        }
        if (SDLK_F1.rawValue...SDLK_F12.rawValue).contains(code) { return .function(Int(code - SDLK_F1.rawValue) + 1) }
        if code == SDLK_KP_0.rawValue { return "0" }
        if (SDLK_KP_1.rawValue...SDLK_KP_9.rawValue).contains(code) {
            return .character(Character("\(code - SDLK_KP_1.rawValue + 1)"))
        }
        guard code < 0x80, let scalar = Unicode.Scalar(code), isLetterOrDigit(scalar) else { return nil }
        return .character(Character(scalar))
    }

    /// - Parameter byte: the first of what was typed.
    private func sign(_ byte: CChar) -> Key? {
        let scalar = Unicode.Scalar(UInt8(bitPattern: byte))
        guard (0x21..<0x7F).contains(scalar.value), !isLetterOrDigit(scalar) else { return nil }
        return .character(Character(scalar))
    }

    private func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        "a"..."z" ~= scalar || "A"..."Z" ~= scalar || "0"..."9" ~= scalar
    }
#endif
