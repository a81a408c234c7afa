/** Programs that get four secrets from variables and mounted files, with the names in {@code config.yaml}. */
@NullMarked
package dev.modelsecrets.examples.benchmarks.startup.config;

import org.jspecify.annotations.NullMarked;
