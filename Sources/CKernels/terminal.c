// Gives a terminal back from wherever a program ends: from a signal handler only write, tcsetattr and sigaction may be called.
#include "terminal.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Alternate screen, no cursor. And back: the end of an update that was cut short, plain colours, the cursor, the first screen.
static const char enter[] = "\033[?1049h\033[?25l\033[2J";
static const char leave[] = "\033[?2026l\033[0m\033[?25h\033[?1049l";

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT};
enum { crash_count = sizeof crashes / sizeof *crashes };
static struct sigaction crash_before[crash_count];
static struct sigaction stop_before;

static atomic_int is_taken;
static atomic_int is_stop_requested;
static int keys, screen;
static struct termios before;
// A handler for a stack that is full needs one of its own.
static char spare_stack[1 << 16];

static void crash(int number) {
    ckernels_leave_terminal();
    for (int i = 0; i < crash_count; i++)
        if (crashes[i] == number) sigaction(number, &crash_before[i], 0);
    raise(number);
}

static void stop(int number) {
    (void)number;
    atomic_store(&is_stop_requested, 1);
}

int ckernels_enter_terminal(int input, int output) {
    static int is_prepared;
    if (!isatty(input) || !isatty(output) || tcgetattr(input, &before) != 0) return -1;
    keys = input;
    screen = output;
    if (!is_prepared) {
        is_prepared = 1;
        stack_t stack = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
        sigaltstack(&stack, 0);
        atexit(ckernels_leave_terminal);
    }
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = crash;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &action, &crash_before[i]);
    action.sa_handler = stop;
    action.sa_flags = SA_RESTART;
    sigaction(SIGTSTP, &action, &stop_before);

    struct termios raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    // Ctrl-S would stop the pictures, and with them the program, which waits to write the next.
    raw.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    // From here on there is something to give back.
    atomic_store(&is_taken, 1);
    if (tcsetattr(input, TCSANOW, &raw) != 0) {
        ckernels_leave_terminal();
        return -1;
    }
    if (write(output, enter, sizeof enter - 1) < 0) {
        ckernels_leave_terminal();
        return -1;
    }
    return 0;
}

void ckernels_leave_terminal(void) {
    if (!atomic_exchange(&is_taken, 0)) return;
    int saved = errno;
    const char *rest = leave;
    size_t left = sizeof leave - 1;
    while (left > 0) {
        ssize_t written = write(screen, rest, left);
        if (written < 0 && errno != EINTR) break;
        if (written > 0) {
            rest += written;
            left -= (size_t)written;
        }
    }
    tcsetattr(keys, TCSANOW, &before);
    for (int i = 0; i < crash_count; i++) sigaction(crashes[i], &crash_before[i], 0);
    sigaction(SIGTSTP, &stop_before, 0);
    errno = saved;
}

int ckernels_take_stop_request(void) { return atomic_exchange(&is_stop_requested, 0); }
