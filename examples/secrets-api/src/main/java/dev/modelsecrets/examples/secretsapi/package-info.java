/** The example: a server of secrets, its page, and the command that starts it. */
@NullMarked
package dev.modelsecrets.examples.secretsapi;

import org.jspecify.annotations.NullMarked;
