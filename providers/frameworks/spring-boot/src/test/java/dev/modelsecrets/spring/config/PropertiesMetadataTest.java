package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.util.StringUtils;

class PropertiesMetadataTest {

    /** What an editor offers, by the name of the property. */
    private static final List<String> STORES = List.of("kubernetes", "vault", "aws", "gcp", "azure");

    private static final Map<String, Map<String, Object>> METADATA = metadata();

    @Test
    void metadata_always_describesEachProperty() {
        for (String property : new String[] {
            "names",
            "defaults",
            "config",
            "chain",
            "secrets-directory",
            "prefix",
            "local-config",
            "refresh-interval",
            "deadline",
            "allow-defaults",
            "conflicts",
            "rebind",
            "redact-logs",
            "health.maximum-age",
            "kubernetes.namespace",
            "vault.address",
            "vault.token-file",
            "aws.region",
            "gcp.project",
            "azure.vault-url"
        }) {
            assertThat(METADATA.get("model-secrets." + property)).as(property).containsKeys("description", "type");
        }
        assertThat(METADATA.get("model-secrets.names")).containsEntry("description", "Secrets that need a value.");
    }

    @Test
    void defaults_whenSet_areWhatAnApplicationHasWithoutThem() {
        Map<String, Object> defaults = new HashMap<>();
        METADATA.forEach((name, property) -> {
            if (property.containsKey("defaultValue") && !name.startsWith("model-secrets.vault")) {
                defaults.put(name, text(property.get("defaultValue")));
            }
        });

        assertThat(defaults).hasSize(8);
        assertThat(bound(defaults)).isEqualTo(bound(Map.of()));
    }

    @Test
    void defaults_always_coverEachComponentThatHasAValue() throws ReflectiveOperationException {
        SecretsProperties properties = bound(Map.of());
        for (RecordComponent component : SecretsProperties.class.getRecordComponents()) {
            Object value = component.getAccessor().invoke(properties);
            if (value == null || value.equals(List.of()) || value.equals(Map.of()) || value instanceof Record) {
                continue;
            }
            String name = "model-secrets."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            assertThat(METADATA.get(name)).as(name).containsKey("defaultValue");
        }
    }

    @Test
    void of_everyPropertySet_isWhatSpringBootBinds() {
        Map<String, Object> all = new HashMap<>();
        METADATA.forEach((name, property) -> {
            if (STORES.stream().noneMatch(store -> name.startsWith("model-secrets." + store + "."))) {
                all.put(name, example((String) property.get("type")));
            }
        });
        all.remove("model-secrets.defaults");
        all.put("model-secrets.defaults.log_level", "test-info");

        SecretsProperties properties = bound(all);

        assertThat(all).hasSize(14);
        assertThat(properties)
                .isEqualTo(new Binder(new MapConfigurationPropertySource(all))
                        .bind(SecretsProperties.PREFIX, SecretsProperties.class)
                        .get());
        assertThat(properties.names()).containsExactly("vault", "aws");
        assertThat(properties.health().maximumAge()).isEqualTo(Duration.ofSeconds(7));
    }

    private static String example(String type) {
        return switch (type) {
            case "java.lang.String", "java.util.List<java.lang.String>" -> "vault,aws";
            case "java.time.Duration" -> "7s";
            case "java.lang.Boolean" -> "false";
            case "dev.modelsecrets.ConflictPolicy" -> "warn";
            default -> type.startsWith("java.util.List<") ? "aws,vault" : "";
        };
    }

    private static Object text(Object value) {
        return value instanceof List<?> list ? StringUtils.collectionToCommaDelimitedString(list) : value;
    }

    private static SecretsProperties bound(Map<String, Object> properties) {
        return SecretsProperties.of(new Binder(new MapConfigurationPropertySource(properties)));
    }

    /** The tests have metadata of their own, under the same name. */
    private static Map<String, Map<String, Object>> metadata() {
        Map<String, Map<String, Object>> all = new HashMap<>();
        try {
            for (URL file : Collections.list(SecretsProperties.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                try (InputStream stream = file.openStream()) {
                    properties(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                            .forEach(property -> all.put((String) property.get("name"), property));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(SecretsProperties.PREFIX + "."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @SuppressWarnings("unchecked") // JSON
    private static List<Map<String, Object>> properties(String json) {
        return (List<Map<String, Object>>)
                JsonParserFactory.getJsonParser().parseMap(json).get("properties");
    }
}
