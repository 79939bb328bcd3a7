// Signals that ask a program to stop, remembered instead of obeyed on the spot.
#ifndef CKERNELS_SIGNALS_H
#define CKERNELS_SIGNALS_H

/// From now on SIGINT, SIGTERM and SIGHUP are remembered; those that the parent had us ignore (nohup) stay ignored.
/// A SIGINT while one is already remembered ends the process at once with status 130.
void ckernels_watch_signals(void);
/// The first signal remembered, or 0.
int ckernels_pending_signal(void);
/// Gives the signals their default effect again and forgets what was remembered.
void ckernels_unwatch_signals(void);

#endif
