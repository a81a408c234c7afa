package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.aws.AwsSecretProvider;
import dev.modelsecrets.azure.AzureSecretProvider;
import dev.modelsecrets.gcp.GoogleSecretProvider;
import dev.modelsecrets.spring.config.SecretsProperties.Aws;
import dev.modelsecrets.spring.config.SecretsProperties.Azure;
import dev.modelsecrets.spring.config.SecretsProperties.Gcp;
import org.jspecify.annotations.Nullable;

/** Providers over the clouds' own clients, which may not be on the class path either. Not instantiable. */
final class CloudStores {

    private CloudStores() {}

    static SecretProvider aws(@Nullable Aws options) {
        AwsSecretProvider.Builder builder = AwsSecretProvider.builder();
        if (options != null) {
            Stores.given(options.region(), builder::region);
            Stores.layout(builder, options.keysOf(), options.secretPrefix());
        }
        return builder.build();
    }

    static SecretProvider gcp(@Nullable Gcp options) {
        GoogleSecretProvider.Builder builder = GoogleSecretProvider.builder();
        if (options != null) {
            Stores.given(options.project(), builder::project);
            Stores.given(options.location(), builder::location);
            Stores.layout(builder, options.keysOf(), options.secretPrefix());
        }
        return builder.build();
    }

    static SecretProvider azure(@Nullable Azure options) {
        AzureSecretProvider.Builder builder = AzureSecretProvider.builder();
        if (options != null) {
            Stores.given(options.vaultUrl(), builder::vaultUrl);
            Stores.layout(builder, options.keysOf(), options.secretPrefix());
        }
        return builder.build();
    }
}
