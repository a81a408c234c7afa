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
import java.util.function.Supplier;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.ClassUtils;

/** Builds the resolver that {@code model-secrets.*} describes. Not instantiable; thread-safe. */
final class SecretChain {

    private static final List<Place> STORES = List.of(Place.KUBERNETES, Place.VAULT, Place.AWS, Place.GCP, Place.AZURE);

    private SecretChain() {}

    static SecretsResolver resolver(
            SecretsProperties properties, Binder binder, List<SecretsResolverCustomizer> customizers) {
        SecretsResolver.Builder builder = SecretsResolver.builder()
                .providers(providers(properties, binder))
                .allowDefaults(properties.allowDefaults())
                .conflicts(properties.conflicts());
        if (properties.deadline() != null) {
            builder.deadline(properties.deadline());
        }
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static List<SecretProvider> providers(SecretsProperties properties, Binder binder) {
        BoundSources sources = new BoundSources(binder);
        for (Place store : STORES) {
            if (!properties.chain().contains(store) && sources.haveAnyBelow(name(store))) {
                throw new SecretsConfigurationException(name(store)
                        + " is set, but this store is not in the chain, so it would not be asked.\nAdd " + store.word()
                        + " to model-secrets.chain, after the places that win over it.");
            }
        }
        List<SecretProvider> providers = new ArrayList<>();
        for (Place place : properties.chain()) {
            providers.add(provider(place, properties, binder));
        }
        return providers;
    }

    private static SecretProvider provider(Place place, SecretsProperties properties, Binder binder) {
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
                        () -> Stores.Kubernetes.provider(bound(place, StoreProperties.Kubernetes.class, binder)));
            case VAULT ->
                store(
                        place,
                        "dev.modelsecrets.vault.VaultSecretProvider",
                        () -> Stores.Vault.provider(bound(place, StoreProperties.Vault.class, binder)));
            case AWS ->
                store(
                        place,
                        "dev.modelsecrets.aws.AwsSecretProvider",
                        () -> Stores.Aws.provider(bound(place, StoreProperties.Aws.class, binder)));
            case GCP ->
                store(
                        place,
                        "dev.modelsecrets.gcp.GoogleSecretProvider",
                        () -> Stores.Gcp.provider(bound(place, StoreProperties.Gcp.class, binder)));
            case AZURE ->
                store(
                        place,
                        "dev.modelsecrets.azure.AzureSecretProvider",
                        () -> Stores.Azure.provider(bound(place, StoreProperties.Azure.class, binder)));
        };
    }

    private static SecretProvider store(Place place, String type, Supplier<SecretProvider> provider) {
        if (!ClassUtils.isPresent(type, SecretChain.class.getClassLoader())) {
            throw new SecretsConfigurationException("model-secrets.chain has " + place.word()
                    + ", but its module is not on the class path.\nAdd the dependency dev.modelsecrets:model-secrets-"
                    + place.word() + ".");
        }
        try {
            return provider.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // Thrown by the builders of this library, whose messages hold no value.
            throw new SecretsConfigurationException("The store " + place.word() + " cannot be set up: " + e.getMessage()
                    + "\nChange the properties model-secrets." + place.word() + ".*, or what the message names.");
        }
    }

    private static <T> T bound(Place store, Class<T> type, Binder binder) {
        return binder.bindOrCreate(name(store), type);
    }

    private static String name(Place store) {
        return SecretsProperties.PREFIX + "." + store.word();
    }
}
