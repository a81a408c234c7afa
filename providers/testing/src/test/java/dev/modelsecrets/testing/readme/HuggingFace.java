package dev.modelsecrets.testing.readme;

import dev.modelsecrets.Secret;

/** What the model needs. */
record HuggingFace(Secret hfAccessToken) {}
