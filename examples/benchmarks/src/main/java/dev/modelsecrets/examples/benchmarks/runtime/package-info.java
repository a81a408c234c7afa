/**
 * What a running program notices: resolving, reading many files, looking up, refreshing, redacting.
 *
 * <p>Each benchmark is a JMH class whose methods are named for what they measure; {@code modelSecrets} is this library.
 * {@link dev.modelsecrets.examples.benchmarks.runtime.RuntimeBenchmark} runs them all and compares.
 */
@NullMarked
package dev.modelsecrets.examples.benchmarks.runtime;

import org.jspecify.annotations.NullMarked;
