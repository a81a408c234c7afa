/**
 * Clients of the platforms' own doors for secrets: plan first, then push.
 *
 * <p>{@link dev.modelsecrets.platforms.SecretPlatform} is what all platforms can do; there is one class for each
 * platform, and what they share over HTTP is not public.
 */
@NullMarked
package dev.modelsecrets.platforms;

import org.jspecify.annotations.NullMarked;
