/**
 * Hands resolved secrets to what does not call this library itself: a model class, a child process, a directory of
 * files.
 *
 * <p>A {@link dev.modelsecrets.inject.ModelFactory} makes a model from its class. A {@link
 * dev.modelsecrets.inject.SecretInjection} says which secret goes where, its {@code plan} checks all of it against
 * resolved secrets before anything happens, and the {@link dev.modelsecrets.inject.InjectionPlan} is applied. Only
 * types that give away secrets that somebody else resolved may live here: no provider, no file format, no reading of a
 * configuration.
 */
@NullMarked
package dev.modelsecrets.inject;

import org.jspecify.annotations.NullMarked;
