/**
 * What the library costs, beside other libraries and code written by hand.
 *
 * <p>Nothing lives here itself: whole processes are measured in {@code startup}, running code and growth in {@code
 * runtime}, the encrypted store in {@code store}; {@code report} writes what they find.
 */
@NullMarked
package dev.modelsecrets.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
