package dev.modelsecrets.vault;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of all providers, in both layouts, with a token that may do no more than the README says. */
abstract class VaultContract implements SecretProviderContract {

    private final boolean keysOf;
    VaultAdmin admin;
    String token;

    VaultContract(boolean keysOf) {
        this.keysOf = keysOf;
    }

    abstract VaultAdmin connect() throws Exception;

    @BeforeEach
    void grant() throws Exception {
        admin = connect();
        token = admin.token();
    }

    @AfterEach
    void cleanUp() throws Exception {
        admin.cleanUp();
    }

    @Override
    public void store(Map<String, String> values) throws Exception {
        admin.deleteSecrets();
        if (keysOf) {
            admin.write("all", values);
            return;
        }
        for (Map.Entry<String, String> value : values.entrySet()) {
            admin.write(value.getKey(), Map.of("value", value.getValue()));
        }
    }

    @Override
    public SecretProvider provider() {
        VaultSecretProvider.Builder builder = VaultSecretProvider.builder()
                .environment(Map.of())
                .address(admin.address)
                .token(token);
        return keysOf
                ? builder.keysOf(admin.path("all")).build()
                : builder.secretPerName(admin.path("")).build();
    }

    @Override
    public void breakBackend() throws Exception {
        admin.revoke(token);
    }

    @Override
    public void deny(String name) throws Exception {
        admin.policy(name);
    }

    @Override
    public Set<Limit> limits() {
        return keysOf ? Set.of(Limit.NEVER_DENIES) : Set.of();
    }

    /** A Vault on loopback. */
    abstract static class OnLoopback extends VaultContract {

        private VaultServer server;
        private final boolean counts;

        OnLoopback(boolean keysOf) {
            super(keysOf);
            this.counts = keysOf;
        }

        @Override
        VaultAdmin connect() throws Exception {
            server = new VaultServer();
            return new VaultAdmin(server.address(), VaultServer.ROOT);
        }

        @Override
        void cleanUp() throws Exception {
            super.cleanUp();
            server.close();
        }

        /** Reads are counted where one will do; looking up the token comes before the first. */
        @Override
        public OptionalLong roundTrips() {
            return counts ? OptionalLong.of(server.requests("secret/data/")) : OptionalLong.empty();
        }
    }

    /** The Vault at {@code -Dit.vault}. */
    abstract static class OnServer extends VaultContract {

        OnServer(boolean keysOf) {
            super(keysOf);
        }

        @Override
        VaultAdmin connect() {
            return new VaultAdmin(System.getProperty("it.vault"), System.getProperty("it.vault.token"));
        }

        /** Storage of the kind "raft" holds 1 MiB for the secret with all that comes with it. */
        @Override
        public int largestValue() {
            return 1 << 19;
        }
    }
}
