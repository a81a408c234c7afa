/**
 * A Spark job that scores rows against a service whose token rotates, on executors in JVMs of their own.
 *
 * <p>{@code ScoreRows} is what a job looks like; {@code TeamStore} is a source of one's own. The rest is the cluster,
 * the service, the faults, and the search for values.
 */
@NullMarked
package dev.modelsecrets.examples.spark;

import org.jspecify.annotations.NullMarked;
