package dev.modelsecrets.identity;

import java.util.Map;

/** How a token is traded: the parameters of its request. */
enum Grant {
    /** RFC 8693. */
    TOKEN_EXCHANGE {
        @Override
        Map<String, String> parameters(String token) {
            return Map.of(
                    "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token", token,
                    "subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        }
    },
    /** RFC 7523. */
    JWT_BEARER {
        @Override
        Map<String, String> parameters(String token) {
            return Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", token);
        }
    };

    abstract Map<String, String> parameters(String token);
}
