package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.aws.AwsSecretProvider;
import dev.modelsecrets.azure.AzureSecretProvider;
import dev.modelsecrets.gcp.GoogleSecretProvider;
import dev.modelsecrets.kubernetes.KubernetesSecretProvider;
import dev.modelsecrets.remote.RemoteSecretProvider;
import dev.modelsecrets.vault.VaultSecretProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Providers over modules that may not be on the class path. Each has a class of its own, touched only where its module
 * is there: a class that names two of them cannot be linked with one. Not instantiable.
 */
final class Stores {

    private Stores() {}

    static final class Kubernetes {

        private Kubernetes() {}

        static SecretProvider provider(StoreProperties.Kubernetes options) {
            KubernetesSecretProvider.Builder builder = KubernetesSecretProvider.builder();
            given(options.namespace(), builder::namespace);
            layout(builder, options.keysOf(), options.secretPrefix());
            return builder.build();
        }
    }

    static final class Vault {

        private Vault() {}

        static SecretProvider provider(StoreProperties.Vault options) {
            VaultSecretProvider.Builder builder = VaultSecretProvider.builder();
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
            return builder.build();
        }
    }

    static final class Aws {

        private Aws() {}

        static SecretProvider provider(StoreProperties.Aws options) {
            AwsSecretProvider.Builder builder = AwsSecretProvider.builder();
            given(options.region(), builder::region);
            layout(builder, options.keysOf(), options.secretPrefix());
            return builder.build();
        }
    }

    static final class Gcp {

        private Gcp() {}

        static SecretProvider provider(StoreProperties.Gcp options) {
            GoogleSecretProvider.Builder builder = GoogleSecretProvider.builder();
            given(options.project(), builder::project);
            given(options.location(), builder::location);
            layout(builder, options.keysOf(), options.secretPrefix());
            return builder.build();
        }
    }

    static final class Azure {

        private Azure() {}

        static SecretProvider provider(StoreProperties.Azure options) {
            AzureSecretProvider.Builder builder = AzureSecretProvider.builder();
            given(options.vaultUrl(), builder::vaultUrl);
            layout(builder, options.keysOf(), options.secretPrefix());
            return builder.build();
        }
    }

    private static void layout(
            RemoteSecretProvider.Builder<?> builder, List<String> keysOf, @Nullable String secretPrefix) {
        if (!keysOf.isEmpty()) {
            builder.keysOf(keysOf.toArray(new String[0]));
        }
        given(secretPrefix, builder::secretPerName);
    }

    private static void given(@Nullable String value, Consumer<String> option) {
        if (value != null) {
            option.accept(value);
        }
    }
}
