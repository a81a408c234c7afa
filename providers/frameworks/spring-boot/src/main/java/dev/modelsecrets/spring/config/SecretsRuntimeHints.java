package dev.modelsecrets.spring.config;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** Tells a native image of what is bound before there are beans; Spring Boot finds the rest by itself. */
final class SecretsRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        BindableRuntimeHintsRegistrar.forTypes(
                        SecretsProperties.class,
                        StoreProperties.Kubernetes.class,
                        StoreProperties.Vault.class,
                        StoreProperties.Aws.class,
                        StoreProperties.Gcp.class,
                        StoreProperties.Azure.class)
                .registerHints(hints);
    }
}
