/**
 * The encrypted store beside SQLite and H2's MVStore, which keep the same values encrypted by the program itself.
 *
 * <p>{@code cold} has the programs that are measured as whole processes.
 */
@NullMarked
package dev.modelsecrets.examples.benchmarks.store;

import org.jspecify.annotations.NullMarked;
