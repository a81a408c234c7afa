package dev.modelsecrets.spring.config;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Resolves the secrets of a location and makes them a property source. Spring Boot makes one for each start of an
 * application, so all its locations share one {@link ApplicationSecrets}.
 */
final class SecretsConfigDataLoader implements ConfigDataLoader<SecretsConfigDataResource> {

    private final Set<String> names = new HashSet<>();
    private @Nullable ApplicationSecrets secrets;
    private SecretsProperties.@Nullable Settings settings;

    @Override
    public ConfigData load(ConfigDataLoaderContext context, SecretsConfigDataResource resource) {
        if (Boolean.getBoolean("spring.aot.processing")) {
            return ConfigData.EMPTY; // A build has no secrets, and would put them into its image.
        }
        Binder binder = new BoundSources(resource.binder()).binderOf(SecretsProperties.PREFIX);
        SecretsProperties properties = SecretsProperties.of(binder);
        SecretDeclarations declarations = declarations(resource, properties);
        ApplicationSecrets shared = secrets;
        if (shared == null) {
            SecretsResolver resolver = ApplicationSecrets.resolver(properties, binder);
            shared = ApplicationSecrets.over(properties, resolver, declarations);
            StartListener.imported(shared);
            secrets = shared;
            settings = properties.settings();
        }
        try {
            checkSettings(properties, resource);
            shared.declare(declarations);
        } catch (RuntimeException e) {
            shared.close();
            throw e;
        }
        return new ConfigData(List.of(new SecretsPropertySource(newName(resource), shared)));
    }

    /** Returns a name that no source has yet: of two with one name, Spring keeps the one with the lower precedence. */
    private String newName(SecretsConfigDataResource resource) {
        String name = resource.toString();
        int count = 1;
        while (!names.add(name)) {
            name = resource + " (" + ++count + ")";
        }
        return name;
    }

    private void checkSettings(SecretsProperties properties, SecretsConfigDataResource resource) {
        if (!properties.settings().equals(settings)) {
            throw new SecretsConfigurationException("model-secrets.* is not the same for the import " + resource
                    + " as for one before it, and all share one chain.\nSet these properties where both imports see"
                    + " them: as arguments, as variables, or in the file with the first import.");
        }
    }

    private static SecretDeclarations declarations(SecretsConfigDataResource resource, SecretsProperties properties) {
        SecretDeclarations.Builder builder = SecretDeclarations.builder().include(Declared.by(properties));
        if (!resource.place().isEmpty()) {
            builder.include(Declared.by(resource.place()).orElseThrow(() -> notThere(resource)));
        }
        SecretDeclarations declarations = builder.build();
        if (resource.optional()) {
            return optional(declarations);
        }
        if (declarations.names().isEmpty()) {
            throw new SecretsConfigurationException("spring.config.import has " + resource
                    + ", but no secret is declared.\nList the names in model-secrets.names, where this import sees"
                    + " them: as an argument, as a variable, or in the file that imports. Or name the config.yaml of a"
                    + " model: spring.config.import=secrets:classpath:config.yaml");
        }
        return declarations;
    }

    private static RuntimeException notThere(SecretsConfigDataResource resource) {
        return resource.optional()
                ? new ConfigDataResourceNotFoundException(resource)
                : Declared.notThere(resource.place());
    }

    private static SecretDeclarations optional(SecretDeclarations declarations) {
        SecretDeclarations.Builder builder = SecretDeclarations.builder();
        for (String name : declarations.names()) {
            declarations
                    .defaultValue(name)
                    .ifPresentOrElse(value -> builder.withDefault(name, value), () -> builder.optional(name));
        }
        return builder.build();
    }
}
