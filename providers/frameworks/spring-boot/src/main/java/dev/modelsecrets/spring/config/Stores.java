package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.kubernetes.KubernetesSecretProvider;
import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.spring.config.SecretsProperties.Kubernetes;
import dev.modelsecrets.spring.config.SecretsProperties.Vault;
import dev.modelsecrets.vault.VaultSecretProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Providers over modules that may not be on the class path: touched only where they are. Not instantiable. */
final class Stores {

    private Stores() {}

    static SecretProvider kubernetes(@Nullable Kubernetes options) {
        KubernetesSecretProvider.Builder builder = KubernetesSecretProvider.builder();
        if (options != null) {
            given(options.namespace(), builder::namespace);
            layout(builder, options.keysOf(), options.secretPrefix());
        }
        return builder.build();
    }

    static SecretProvider vault(@Nullable Vault options) {
        VaultSecretProvider.Builder builder = VaultSecretProvider.builder();
        if (options != null) {
            given(options.address(), builder::address);
            given(options.namespace(), builder::namespace);
            given(options.tokenFile(), file -> builder.tokenFile(Path.of(file)));
            given(options.kubernetesRole(), builder::kubernetes);
            given(options.caCertificates(), file -> builder.caCertificates(Path.of(file)));
            given(options.mount(), builder::mount);
            if (options.leases()) {
                builder.leases();
            }
            layout(builder, options.keysOf(), options.secretPrefix());
        }
        return builder.build();
    }

    static void layout(RemoteSecretProvider.Builder<?> builder, List<String> keysOf, @Nullable String secretPrefix) {
        if (!keysOf.isEmpty()) {
            builder.keysOf(keysOf.toArray(new String[0]));
        }
        given(secretPrefix, builder::secretPerName);
    }

    static void given(@Nullable String value, Consumer<String> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
