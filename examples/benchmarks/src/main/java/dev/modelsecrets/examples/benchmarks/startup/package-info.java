/**
 * The cold start of whole processes: programs that do the same with different libraries take turns.
 *
 * <p>The harness lives here, and starts at {@link dev.modelsecrets.examples.benchmarks.startup.StartupBenchmark}. The
 * programs are in the packages below, one a scenario; {@link dev.modelsecrets.examples.benchmarks.startup.Hello} is
 * what they are compared with.
 */
@NullMarked
package dev.modelsecrets.examples.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
