/**
 * The standard providers: environment variables, mounted files, a local config file and {@code AUTH_SECRET}.
 *
 * <p>Each public class speaks one convention of a serving platform; {@link
 * dev.modelsecrets.standard.StandardProviders} puts them into the usual order. {@link
 * dev.modelsecrets.standard.ModelConfig} reads what a model declares, and {@link
 * dev.modelsecrets.standard.SecretDocument} secrets out of any document. How files are read is internal.
 */
@NullMarked
package dev.modelsecrets.standard;

import org.jspecify.annotations.NullMarked;
