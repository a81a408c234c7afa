package dev.modelsecrets.cli;

import java.time.Duration;

/**
 * What happens to a running program when a secret changes.
 *
 * @param restart true for a new start, false for a signal
 * @param signal the signal's name without {@code SIG}
 * @param interval the pause between looks
 * @param grace how long a program that is to end may take before it is killed
 */
record Watch(boolean restart, String signal, Duration interval, Duration grace) {}
