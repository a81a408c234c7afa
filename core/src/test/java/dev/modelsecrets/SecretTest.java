package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void reveal_anyValue_isTheValueItself() {
        assertThat(Secret.of(" hunter2\n").reveal()).isEqualTo(" hunter2\n");
        assertThat(Secret.of("").reveal()).isEmpty();
    }

    @Test
    void of_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> Secret.of(null));
    }

    @Test
    void equals_sameValue_isEqual() {
        assertThat(Secret.of("hunter2")).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
        assertThat(Secret.of("hunter2"))
                .isNotEqualTo(Secret.of("hunter3"))
                .isNotEqualTo("hunter2")
                .isNotEqualTo(null);
    }

    record Keys(String name, Secret token) {}

    @Test
    void toString_anyValue_isTheSame() {
        assertThat(Secret.of("hunter2")).hasToString("[secret]");
        assertThat(Secret.of("a much longer one")).hasToString("[secret]");
        assertThat(new Keys("hf", Secret.of("hunter2"))).hasToString("Keys[name=hf, token=[secret]]");
    }

    @Test
    void json_anyValue_isRedacted() throws IOException {
        for (ObjectMapper mapper : List.of(
                new ObjectMapper(),
                JsonMapper.builder()
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .build())) {
            assertThat(mapper.writeValueAsString(Secret.of("hunter2"))).isEqualTo("\"[secret]\"");
            assertThat(mapper.writeValueAsString(Map.of("k", Secret.of("hunter2"))))
                    .isEqualTo("{\"k\":\"[secret]\"}");
            assertThat(mapper.writeValueAsString(new Keys("hf", Secret.of("hunter2"))))
                    .isEqualTo("{\"name\":\"hf\",\"token\":\"[secret]\"}");
        }
    }

    @Test
    void serialization_anyValue_isRefused() throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(Secret.of("hunter2")))
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessage("dev.modelsecrets.Secret");
        }
    }
}
