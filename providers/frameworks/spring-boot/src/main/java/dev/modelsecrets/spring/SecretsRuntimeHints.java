package dev.modelsecrets.spring;

import dev.modelsecrets.spring.config.SecretsProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/** Tells a native image of what is bound before there are beans; Spring Boot finds the rest by itself. */
final class SecretsRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        BindableRuntimeHintsRegistrar.forTypes(SecretsProperties.class).registerHints(hints);
    }
}
