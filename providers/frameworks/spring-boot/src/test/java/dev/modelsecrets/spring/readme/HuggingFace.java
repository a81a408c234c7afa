package dev.modelsecrets.spring.readme;

import dev.modelsecrets.Secret;
import java.net.URI;
import java.util.Optional;

record HuggingFace(Secret hfAccessToken, Optional<URI> hfEndpoint) {}
