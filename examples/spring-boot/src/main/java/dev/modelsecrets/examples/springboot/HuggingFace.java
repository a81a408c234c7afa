package dev.modelsecrets.examples.springboot;

import dev.modelsecrets.Secret;

/**
 * What the model needs to fetch its weights.
 *
 * @param hfAccessToken the secret {@code hf_access_token}
 */
public record HuggingFace(Secret hfAccessToken) {}
