/**
 * Secrets on the executors of Apache Spark: a Spark plugin, what a task calls, and what ships a name in place of a
 * value.
 *
 * <p>Public here is what a job calls or names in its configuration. What runs on the driver and on an executor, and the
 * sources that settings can name, are package-private.
 */
@NullMarked
package dev.modelsecrets.spark;

import org.jspecify.annotations.NullMarked;
