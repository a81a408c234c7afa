package dev.modelsecrets.vault;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.RemoteBenchmark;
import dev.modelsecrets.remote.testing.TestCertificate;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@link RemoteBenchmark} for Vault, beside the jopenlibs driver, as HashiCorp has no client for Java. */
final class VaultBenchmark extends RemoteBenchmark {

    private VaultBenchmark() {}

    public static void main(String... arguments) throws Exception {
        new VaultBenchmark().run(arguments);
    }

    @Override
    protected String serve(Path directory, Set<String> secrets, long latency) throws Exception {
        VaultServer server = new VaultServer(TestCertificate.context(directory));
        secrets.forEach(secret -> server.put(secret, "test-value-of-" + secret));
        server.http.always(latency == 0 ? null : new Fault.Slow(latency));
        return server.address();
    }

    @Override
    protected SecretProvider provider(String address, Path directory) {
        return VaultSecretProvider.builder()
                .environment(Map.of())
                .address(address)
                .token(VaultServer.ROOT)
                .build();
    }

    @Override
    protected Plain plain(String address, Path directory) throws Exception {
        Vault driver = Vault.create(new VaultConfig()
                .environmentLoader(new EnvironmentLoader() {
                    @Override
                    public String loadVariable(String name) {
                        return null;
                    }
                })
                .address(address)
                .token(VaultServer.ROOT)
                .engineVersion(2)
                .sslConfig(new SslConfig().build())
                .build());
        return secret -> driver.logical().read("secret/" + secret).getData().get("value");
    }
}
