/** How each client takes a key that rotates, and a holder for those that have to be built anew. */
@NullMarked
package dev.modelsecrets.examples.clients;

import org.jspecify.annotations.NullMarked;
