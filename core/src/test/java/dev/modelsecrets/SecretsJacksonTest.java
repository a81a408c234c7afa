package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model server that turns its state into JSON shows of its secrets. */
class SecretsJacksonTest {

    private static final Secrets SECRETS = secrets();

    private static Secrets secrets() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("token", "hunter2");
        values.put("region", "eu-west-1");
        return Secrets.of(values);
    }

    /** The mapper as it comes, and with settings that people use. */
    static Stream<ObjectMapper> mappers() {
        return Stream.of(
                new ObjectMapper(),
                JsonMapper.builder()
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .build(),
                JsonMapper.builder().enable(MapperFeature.USE_STATIC_TYPING).build(),
                JsonMapper.builder()
                        .disable(MapperFeature.OVERRIDE_PUBLIC_ACCESS_MODIFIERS)
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void json_map_isItsNames(ObjectMapper mapper) throws IOException {
        assertThat(mapper.writeValueAsString(SECRETS)).isEqualTo("\"Secrets[token, region]\"");
        assertThat(mapper.valueToTree(SECRETS).toString()).isEqualTo("\"Secrets[token, region]\"");
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void json_views_areNames(ObjectMapper mapper) throws IOException {
        assertThat(mapper.writeValueAsString(SECRETS.keySet())).isEqualTo("[\"token\",\"region\"]");
        assertThat(mapper.writeValueAsString(SECRETS.values())).isEqualTo("\"Secrets[token, region]\"");
        assertThat(mapper.writeValueAsString(SECRETS.entrySet())).isEqualTo("\"Secrets[token, region]\"");
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void json_entry_isItsName(ObjectMapper mapper) throws IOException {
        assertThat(mapper.writeValueAsString(SECRETS.entrySet().iterator().next()))
                .isEqualTo("\"token\"");
        assertThat(mapper.writeValueAsString(List.copyOf(SECRETS.entrySet()))).isEqualTo("[\"token\",\"region\"]");
    }

    record Context(String model, Secrets secrets) {}

    @ParameterizedTest
    @MethodSource("mappers")
    void json_recordWithSecrets_showsNames(ObjectMapper mapper) throws IOException {
        assertThat(mapper.writeValueAsString(new Context("m", SECRETS)))
                .isEqualTo("{\"model\":\"m\",\"secrets\":\"Secrets[token, region]\"}");
    }

    @JsonPropertyOrder({"secrets", "several", "named"})
    public static final class Bean {

        public Secrets getSecrets() {
            return SECRETS;
        }

        public Set<Secrets> getSeveral() {
            return Set.of(SECRETS);
        }

        public Map<String, Secrets> getNamed() {
            return Map.of("all", SECRETS);
        }
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void json_beanWithSecrets_showsNames(ObjectMapper mapper) {
        assertThat(mapper.valueToTree(new Bean()).toString())
                .isEqualTo("{\"secrets\":\"Secrets[token, region]\",\"several\":[\"Secrets[token, region]\"],"
                        + "\"named\":{\"all\":\"Secrets[token, region]\"}}");
    }

    /** A property of a declared type that Jackson knows; it goes by what is really there. */
    record Declared(
            Map<String, String> map,
            Collection<String> values,
            Set<Map.Entry<String, String>> entries,
            Map.Entry<String, String> entry,
            Object anything) {}

    static Stream<ObjectMapper> mappersWithDynamicTyping() {
        return mappers().filter(mapper -> !mapper.isEnabled(MapperFeature.USE_STATIC_TYPING));
    }

    @ParameterizedTest
    @MethodSource("mappersWithDynamicTyping")
    void json_recordThatDeclaresAMap_showsNames(ObjectMapper mapper) throws IOException {
        Declared declared = new Declared(
                SECRETS,
                SECRETS.values(),
                SECRETS.entrySet(),
                SECRETS.entrySet().iterator().next(),
                SECRETS.values());

        assertThat(mapper.writeValueAsString(declared))
                .isEqualTo(
                        "{\"map\":\"Secrets[token, region]\",\"values\":\"Secrets[token, region]\","
                                + "\"entries\":\"Secrets[token, region]\",\"entry\":\"token\",\"anything\":\"Secrets[token, region]\"}");
    }
}
