package dev.modelsecrets.gcp;

import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract of all providers, with the plaintext gRPC server that {@code -Dit.gcp=<host:port>} names. */
@EnabledIfSystemProperty(named = "it.gcp", matches = ".+")
class GoogleSecretProviderServerTest extends SecretManagerContract {

    @Override
    String address() {
        return System.getProperty("it.gcp");
    }

    /** Emulators have no rights. */
    @Override
    public Set<Limit> limits() {
        return Set.of(Limit.NO_BLANK_VALUES, Limit.PLAIN_NAMES_ONLY, Limit.NEVER_DENIES);
    }
}
