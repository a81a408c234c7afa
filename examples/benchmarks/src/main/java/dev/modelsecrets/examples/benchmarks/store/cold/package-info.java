/** Programs that start, read ten of 1,000 secrets with a key file, and end. */
@NullMarked
package dev.modelsecrets.examples.benchmarks.store.cold;

import org.jspecify.annotations.NullMarked;
