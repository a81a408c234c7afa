/**
 * What every provider of a remote store does alike: which remote secret a name maps to, one deadline, retries, and the
 * words for failures. Only the provider modules of this library may use it.
 */
@NullMarked
package dev.modelsecrets.remote.internal;

import org.jspecify.annotations.NullMarked;
