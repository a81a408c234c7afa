package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.standard.ModelConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;

/** What properties and the config.yaml of a model declare. Not instantiable; thread-safe. */
final class Declared {

    private static final String CLASS_PATH = "classpath:";
    private static final String FILE = "file:";

    private Declared() {}

    static SecretDeclarations by(SecretsProperties properties) {
        SecretDeclarations.Builder builder = SecretDeclarations.builder();
        builder.include(SecretDeclarations.of(new LinkedHashSet<>(properties.names()).toArray(new String[0])));
        builder.include(SecretDeclarations.of(properties.defaults()));
        String config = properties.config();
        if (config != null) {
            builder.include(by(config).orElseThrow(() -> notThere(config)));
        }
        return builder.build();
    }

    /** Returns what a model's config.yaml declares; empty if there is no such file or resource. */
    static Optional<SecretDeclarations> by(String place) {
        if (place.startsWith(CLASS_PATH)) {
            ClassPathResource resource = new ClassPathResource(place.substring(CLASS_PATH.length()));
            return resource.exists() ? Optional.of(read(resource, place)) : Optional.empty();
        }
        Path file = Path.of(place.startsWith(FILE) ? place.substring(FILE.length()) : place);
        return file.toFile().exists() ? Optional.of(ModelConfig.read(file).declarations()) : Optional.empty();
    }

    private static SecretDeclarations read(ClassPathResource resource, String place) {
        try (InputStream stream = resource.getInputStream()) {
            return ModelConfig.read(stream).declarations();
        } catch (IOException e) {
            throw new SecretsConfigurationException(
                    place + " cannot be read: " + e.getClass().getName());
        }
    }

    static SecretsConfigurationException notThere(String place) {
        return new SecretsConfigurationException("The model's config " + place + " does not exist.\n"
                + "Name a file, or a resource as classpath:config.yaml.");
    }
}
