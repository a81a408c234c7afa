/**
 * A model server in small; start at {@link dev.modelsecrets.examples.serving.Serving}, or at {@link
 * dev.modelsecrets.examples.serving.ModelHost} for how it uses the library.
 *
 * <p>The server and its models live here, and what stands for the remote service that the models call. Nothing here
 * reads a secret other than through the library.
 */
@NullMarked
package dev.modelsecrets.examples.serving;

import org.jspecify.annotations.NullMarked;
