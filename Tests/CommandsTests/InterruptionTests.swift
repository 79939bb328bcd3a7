// Signals, each tried in a child process of its own.

import Glibc
import Kernels
import Testing

/// Gives `numbers` their default effect and lets this thread receive them: test threads block all signals.
private func receive(_ numbers: Int32...) {
    var none = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, nil)
    for number in numbers { signal(number, SIG_DFL) }
}

@Suite struct InterruptionTests {
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func theFirstSignalIsRemembered(number: Int32) async {
        await #expect(processExitsWith: .exitCode(40 + number)) { [number] in
            receive(number)
            guard Interruption.pending == nil else { exit(1) }
            Interruption.watch()
            guard Interruption.pending == nil else { exit(2) }
            raise(number)
            exit(40 + (Interruption.pending ?? 0))
        }
    }

    @Test func aSecondInterruptEndsTheProcessAtOnce() async {
        await #expect(processExitsWith: .exitCode(130)) {
            receive(SIGINT, SIGTERM)
            Interruption.watch()
            raise(SIGTERM)
            raise(SIGINT)
            exit(2)
        }
    }

    @Test func otherSignalsWaitHoweverManyThereAre() async {
        await #expect(processExitsWith: .exitCode(0)) {
            receive(SIGINT, SIGTERM, SIGHUP)
            Interruption.watch()
            raise(SIGTERM)
            raise(SIGHUP)
            raise(SIGTERM)
            exit(Interruption.pending == SIGTERM ? 0 : 1)
        }
    }

    @Test func unwatchedItEndsTheProcess() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            receive(SIGINT)
            Interruption.watch()
            raise(SIGINT)
            Interruption.unwatch()
            guard Interruption.pending == nil else { exit(1) }
            raise(SIGINT)
            exit(2)
        }
    }

    @Test func anIgnoredHangupStaysIgnored() async {
        await #expect(processExitsWith: .exitCode(0)) {
            receive()
            signal(SIGHUP, SIG_IGN)
            Interruption.watch()
            raise(SIGHUP)
            exit(Interruption.pending == nil ? 0 : 1)
        }
    }
}
