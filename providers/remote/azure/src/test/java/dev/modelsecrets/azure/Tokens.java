package dev.modelsecrets.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.BasicAuthenticationCredential;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Credentials for tests; the real ones would look at this machine. */
final class Tokens {

    private Tokens() {}

    /** Gives a token that does not expire. */
    static TokenCredential fixed(String token) {
        return from(() -> token(token, Duration.ofHours(2)));
    }

    static AccessToken token(String token, Duration life) {
        return new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plus(life));
    }

    /** Asks for each token. */
    static TokenCredential from(Supplier<AccessToken> tokens) {
        return new BasicAuthenticationCredential("test-user", "test-password") {
            @Override
            public AccessToken getTokenSync(TokenRequestContext request) {
                return tokens.get();
            }
        };
    }
}
