/**
 * Providers for the conventions of machines and containers, each off unless it is put into a chain.
 *
 * <p>Each public class speaks one convention, and its description names the system that it comes from. {@link
 * dev.modelsecrets.local.LocalProviders} has those that are directories.
 */
@NullMarked
package dev.modelsecrets.local;

import org.jspecify.annotations.NullMarked;
