package dev.modelsecrets.microprofile;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The properties {@code model-secrets.*}: which names there are, and which chain they come from. */
final class Settings {

    private static final String PREFIX = "model-secrets.";
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);

    private final Function<String, @Nullable String> properties;
    private final Set<String> names;

    /**
     * Checks the names.
     *
     * @param properties returns the text of a property, or null
     * @throws dev.modelsecrets.InvalidSecretNameException if a name cannot be a secret's
     */
    Settings(Function<String, @Nullable String> properties) {
        this.properties = properties;
        names = new LinkedHashSet<>();
        text("names")
                .ifPresent(list -> Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .forEach(name -> names.add(SecretDeclarations.checkName(name))));
    }

    /**
     * Reads system properties, variables and {@code META-INF/microprofile-config.properties}, not the config itself.
     */
    static Settings ofThisProcess() {
        return new Settings(DefaultProperties.ofThisProcess());
    }

    Set<String> names() {
        return names;
    }

    int ordinal() {
        return text("ordinal")
                .map(text -> parse("ordinal", "a number", text, Integer::valueOf))
                .orElse(SecretsConfigSource.DEFAULT_ORDINAL);
    }

    Duration refreshInterval() {
        return text("refresh-interval")
                .map(text -> parse("refresh-interval", "a duration such as 30s or PT30S", text, Settings::duration))
                .orElse(DEFAULT_INTERVAL);
    }

    SecretsResolver resolver() {
        EnvironmentSecretProvider variables = EnvironmentSecretProvider.create();
        List<SecretProvider> chain = List.of(
                text("prefix").map(variables::withPrefix).orElse(variables),
                text("directory").map(Path::of).map(MountedSecretProvider::at).orElseGet(MountedSecretProvider::create),
                text("local-config")
                        .map(Path::of)
                        .map(LocalConfigSecretProvider::at)
                        .orElseGet(LocalConfigSecretProvider::create),
                AuthSecretProvider.create());
        return SecretsResolver.builder().providers(chain).build();
    }

    private Optional<String> text(String key) {
        String text = properties.apply(PREFIX + key);
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    private static Duration duration(String text) {
        return Duration.parse(text.toUpperCase(Locale.ROOT).startsWith("P") ? text : "PT" + text);
    }

    private static <T> T parse(String key, String expected, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("The property " + PREFIX + key + " is not " + expected, e);
        }
    }
}
