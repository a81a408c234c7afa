/**
 * Secrets from Google Cloud Secret Manager.
 *
 * <p>Start at {@link dev.modelsecrets.gcp.GoogleSecretProvider}. Nothing else is public: the rest turns the words of
 * Google's client into those of this library.
 */
@NullMarked
package dev.modelsecrets.gcp;

import org.jspecify.annotations.NullMarked;
