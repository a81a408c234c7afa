/** Programs that get four secrets from variables and mounted files, with the names in the code. */
@NullMarked
package dev.modelsecrets.examples.benchmarks.startup.code;

import org.jspecify.annotations.NullMarked;
