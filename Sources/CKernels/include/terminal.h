// A terminal as a program's own page, given back as it was however the program ends.
#ifndef CKERNELS_TERMINAL_H
#define CKERNELS_TERMINAL_H

/// Takes the terminal behind these descriptors: the alternate screen without a cursor, keys one by one and unseen; Ctrl-C and Ctrl-Z stay
/// signals. Until it is left, it is given back at an exit, at a crash, and before Ctrl-Z stops the process.
/// Returns 0, or -1 when they are no terminal.
int ckernels_enter_terminal(int input, int output);
/// Gives the terminal back; nothing where it was not taken. May be called from a signal handler.
void ckernels_leave_terminal(void);
/// Whether Ctrl-Z was pressed since the last call.
int ckernels_take_stop_request(void);

#endif
