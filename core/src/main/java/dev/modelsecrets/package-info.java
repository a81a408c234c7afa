/**
 * Declare, resolve, hand over: the whole API that model code sees.
 *
 * <p>{@link dev.modelsecrets.SecretDeclarations} says which names a model needs, a
 * {@link dev.modelsecrets.SecretsResolver} asks its {@link dev.modelsecrets.SecretProvider}s for them in order, and
 * {@link dev.modelsecrets.Secrets} is the immutable answer. Nothing here knows a file format, a directory layout or an
 * environment variable: that is the business of providers, which live in modules of their own. At most
 * fifteen public types may live here, exceptions aside.
 */
@NullMarked
package dev.modelsecrets;

import org.jspecify.annotations.NullMarked;
