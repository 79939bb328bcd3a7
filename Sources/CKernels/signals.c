// The handler of signals that ask a program to stop: it may only touch an atomic and _exit, so it is written in C.
#include "signals.h"

#include "terminal.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
enum { watched_count = sizeof watched / sizeof *watched };
static atomic_int pending;

static void remember(int signal) {
    int none = 0;
    if (!atomic_compare_exchange_strong(&pending, &none, signal) && signal == SIGINT) {
        ckernels_leave_terminal();
        _exit(128 + SIGINT);
    }
}

void ckernels_watch_signals(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = remember;
    action.sa_flags = SA_RESTART; // a file being written is not cut short
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < watched_count; i++) {
        struct sigaction before;
        if (sigaction(watched[i], 0, &before) == 0 && before.sa_handler == SIG_IGN) continue;
        sigaction(watched[i], &action, 0);
    }
}

int ckernels_pending_signal(void) { return atomic_load_explicit(&pending, memory_order_relaxed); }

void ckernels_unwatch_signals(void) {
    for (int i = 0; i < watched_count; i++) {
        struct sigaction before;
        if (sigaction(watched[i], 0, &before) == 0 && before.sa_handler == remember) signal(watched[i], SIG_DFL);
    }
    atomic_store(&pending, 0);
}
