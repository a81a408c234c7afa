/** The example: one server, and the program that starts it. */
@NullMarked
package dev.modelsecrets.examples.secretsapi;

import org.jspecify.annotations.NullMarked;
