package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsExceptionTest {

    static Stream<SecretsException> exceptions() {
        return Stream.of(
                new SecretBindingException("words"),
                new InvalidSecretNameException("a/b"),
                InvalidSecretNameException.at("config.yaml, line 3, column 5"),
                new MissingSecretsException(List.of("a"), "words"),
                new SecretAccessDeniedException("a", "words"),
                new SecretConflictException(List.of("a"), "words"),
                new SecretProviderException("vault", "words"),
                new SecretProviderException("vault", List.of("a"), "words"));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void initCause_anything_isRefused(SecretsException exception) {
        assertThatIllegalStateException().isThrownBy(() -> exception.initCause(new IOException("quotes a value")));
        assertThat(exception).hasNoCause();
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void addSuppressed_anything_hasNoEffect(SecretsException exception) {
        exception.addSuppressed(new IOException("quotes a value"));

        assertThat(exception).hasNoSuppressedExceptions();
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void stackTrace_anyException_showsItsOrigin(SecretsException exception) {
        assertThat(exception.getStackTrace())
                .extracting(StackTraceElement::getClassName)
                .contains(SecretsExceptionTest.class.getName());
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void serialization_anyException_keepsTheMessage(SecretsException exception) throws Exception {
        SecretsException copy = copyOf(exception);

        assertThat(copy).hasSameClassAs(exception).hasMessage(exception.getMessage());
    }

    @Test
    void serialization_fields_areKept() throws Exception {
        assertThat(copyOf(new MissingSecretsException(List.of("a", "b"), "words"))
                        .names())
                .containsExactly("a", "b");
        assertThat(copyOf(new SecretConflictException(List.of("a"), "words")).names())
                .containsExactly("a");
        assertThat(copyOf(new SecretAccessDeniedException(List.of("a"), "words"))
                        .names())
                .containsExactly("a");
        SecretProviderException failed = copyOf(new SecretProviderException("vault", List.of("a"), "words"));
        assertThat(failed.provider()).isEqualTo("vault");
        assertThat(failed.names()).containsExactly("a");
    }

    @Test
    void secretProviderException_ofAProvider_isAboutAllOfIt() {
        SecretProviderException exception = new SecretProviderException("vault", "time-out after 3 s");

        assertThat(exception).hasMessage("vault: time-out after 3 s");
        assertThat(exception.provider()).isEqualTo("vault");
        assertThat(exception.names()).isEmpty();
        assertThat(exception.problem()).isEqualTo("time-out after 3 s");
    }

    @Test
    void secretAccessDeniedException_ofAProvider_isAboutAllOfIt() {
        SecretAccessDeniedException exception = new SecretAccessDeniedException("vault", "role demo may read nothing");

        assertThat(exception).hasMessage("vault: role demo may read nothing");
        assertThat(exception.names()).isEmpty();
        assertThat(exception.problem()).isEqualTo("role demo may read nothing");
    }

    @Test
    void constructors_nullProvider_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new SecretProviderException(null, "words"))
                .withMessage("provider");
        assertThatNullPointerException()
                .isThrownBy(() -> new SecretAccessDeniedException((String) null, "words"))
                .withMessage("provider");
    }

    @Test
    void invalidSecretNameException_placeInADocument_doesNotRepeatTheName() {
        assertThat(InvalidSecretNameException.at("config.yaml, line 3, column 5"))
                .hasMessage("config.yaml, line 3, column 5: this is not a valid secret name: use 1 to 253 letters"
                        + " (a-z, A-Z), digits, '-', '_' and '.', and neither \".\" nor \"..\" alone");
    }

    @SuppressWarnings("unchecked")
    private static <E extends SecretsException> E copyOf(E exception) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (E) in.readObject();
        }
    }
}
