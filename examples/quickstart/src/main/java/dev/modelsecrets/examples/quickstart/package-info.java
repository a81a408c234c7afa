/**
 * A guided tour in one program; start at {@link dev.modelsecrets.examples.quickstart.Quickstart}.
 *
 * <p>The models live here, and what stands for the world around them: the places that hold their secrets and the
 * services that ask for them. Everything is real but the values.
 */
@NullMarked
package dev.modelsecrets.examples.quickstart;

import org.jspecify.annotations.NullMarked;
