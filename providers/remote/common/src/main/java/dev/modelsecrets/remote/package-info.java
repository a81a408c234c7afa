/**
 * The base of a provider for a remote store, for the providers of this library and for a team's own.
 *
 * <p>Start at {@link dev.modelsecrets.remote.RemoteSecretProvider}.
 */
@NullMarked
package dev.modelsecrets.remote;

import org.jspecify.annotations.NullMarked;
