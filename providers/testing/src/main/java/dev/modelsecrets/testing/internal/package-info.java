/** The JUnit extensions behind the annotations and what they share; not exported, and free to change at any time. */
@NullMarked
package dev.modelsecrets.testing.internal;

import org.jspecify.annotations.NullMarked;
