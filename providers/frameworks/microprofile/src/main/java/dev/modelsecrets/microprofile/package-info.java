/** Secrets as properties of MicroProfile Config: the config source, and how its chain is set up. */
@NullMarked
package dev.modelsecrets.microprofile;

import org.jspecify.annotations.NullMarked;
