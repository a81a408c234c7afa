/** Programs that get four secrets from four places: a variable, a file, a local YAML file and a JSON variable. */
@NullMarked
package dev.modelsecrets.examples.benchmarks.startup.everywhere;

import org.jspecify.annotations.NullMarked;
