/** The command {@code model-secrets}: what reads arguments and prints answers lives here, and nothing that resolves. */
@NullMarked
package dev.modelsecrets.cli;

import org.jspecify.annotations.NullMarked;
