package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.spring.config.SecretsProperties.Place;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** Builds the resolver that {@code model-secrets.*} describes. Not instantiable; thread-safe. */
final class SecretChain {

    private SecretChain() {}

    static SecretsResolver resolver(SecretsProperties properties, List<SecretsResolverCustomizer> customizers) {
        SecretsResolver.Builder builder = SecretsResolver.builder()
                .providers(providers(properties))
                .allowDefaults(properties.allowDefaults())
                .conflicts(properties.conflicts());
        if (properties.deadline() != null) {
            builder.deadline(properties.deadline());
        }
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static List<SecretProvider> providers(SecretsProperties properties) {
        checkUsed(properties.kubernetes(), Place.KUBERNETES, properties);
        checkUsed(properties.vault(), Place.VAULT, properties);
        checkUsed(properties.aws(), Place.AWS, properties);
        checkUsed(properties.gcp(), Place.GCP, properties);
        checkUsed(properties.azure(), Place.AZURE, properties);
        List<SecretProvider> providers = new ArrayList<>();
        for (Place place : properties.chain()) {
            providers.add(provider(place, properties));
        }
        return providers;
    }

    private static void checkUsed(@Nullable Object store, Place place, SecretsProperties properties) {
        if (store != null && !properties.chain().contains(place)) {
            throw new SecretsConfigurationException("model-secrets." + word(place)
                    + " is set, but this store is not in the chain, so it would not be asked.\nAdd "
                    + word(place) + " to model-secrets.chain, after the places that win over it.");
        }
    }

    private static SecretProvider provider(Place place, SecretsProperties properties) {
        return switch (place) {
            case ENVIRONMENT -> EnvironmentSecretProvider.create().withPrefix(properties.prefix());
            case MOUNTED -> MountedSecretProvider.at(Path.of(properties.secretsDirectory()));
            case LOCAL_CONFIG ->
                properties.localConfig() == null
                        ? LocalConfigSecretProvider.create()
                        : LocalConfigSecretProvider.at(Path.of(properties.localConfig()));
            case AUTH_SECRET -> AuthSecretProvider.create();
            case KUBERNETES ->
                store(
                        place,
                        "dev.modelsecrets.kubernetes.KubernetesSecretProvider",
                        () -> Stores.Kubernetes.provider(properties.kubernetes()));
            case VAULT ->
                store(
                        place,
                        "dev.modelsecrets.vault.VaultSecretProvider",
                        () -> Stores.Vault.provider(properties.vault()));
            case AWS ->
                store(place, "dev.modelsecrets.aws.AwsSecretProvider", () -> Stores.Aws.provider(properties.aws()));
            case GCP ->
                store(place, "dev.modelsecrets.gcp.GoogleSecretProvider", () -> Stores.Gcp.provider(properties.gcp()));
            case AZURE ->
                store(
                        place,
                        "dev.modelsecrets.azure.AzureSecretProvider",
                        () -> Stores.Azure.provider(properties.azure()));
        };
    }

    private static SecretProvider store(Place place, String type, Supplier<SecretProvider> provider) {
        if (!ClassUtils.isPresent(type, SecretChain.class.getClassLoader())) {
            throw new SecretsConfigurationException("model-secrets.chain has " + word(place)
                    + ", but its module is not on the class path.\nAdd the dependency dev.modelsecrets:model-secrets-"
                    + word(place) + ".");
        }
        try {
            return provider.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Thrown by the builders of this library, whose messages hold no value.
            throw new SecretsConfigurationException("The store " + word(place) + " cannot be set up: " + e.getMessage()
                    + "\nChange the properties model-secrets." + word(place) + ".*, or what the message names.");
        }
    }

    private static String word(Place place) {
        return place.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
