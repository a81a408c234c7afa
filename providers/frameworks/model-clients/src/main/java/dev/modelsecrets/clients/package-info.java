/**
 * What the modules of all clients share: the exception for a refused prompt, and the two ways to treat a secret in one.
 */
@NullMarked
package dev.modelsecrets.clients;

import org.jspecify.annotations.NullMarked;
