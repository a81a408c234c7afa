package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modelsecrets.InvalidSecretNameException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SecretReferenceTest {

    @Test
    void serialised_always_isTheNameAgain() throws IOException, ClassNotFoundException {
        SecretReference reference = SecretReference.of("hf_access_token");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(reference);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(reference).hasSameHashCodeAs(reference);
        }
        assertThat(reference).hasToString("SecretReference[hf_access_token]");
        assertThat(reference.name()).isEqualTo("hf_access_token");
    }

    @Test
    void of_badName_isRefused() {
        assertThatExceptionOfType(InvalidSecretNameException.class).isThrownBy(() -> SecretReference.of("../x"));
    }
}
