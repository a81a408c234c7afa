package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorePasswordTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"test-password", "test-password\n", "test-password\r\n"})
    void file_oneLine_isPasswordWithoutLineBreak(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), content);

        StorePassword password = StorePassword.fromFile(file);

        assertThat(password.read()).containsExactly("test-password".toCharArray());
        assertThat(password).hasToString("the file " + file);
    }

    @Test
    void file_missing_isNamed() {
        assertThatThrownBy(() ->
                        StorePassword.fromFile(directory.resolve("missing")).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the password file " + directory.resolve("missing") + " does not exist");
    }

    @Test
    void file_directoryOrTooLarge_isRefused() throws Exception {
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(5000));

        assertThatThrownBy(() -> StorePassword.fromFile(directory).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("is not a file of one line");
        assertThatThrownBy(() -> StorePassword.fromFile(large).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("is not a file of one line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-one\ntest-two", "test-p\u00e4ssword", "test\ttest"})
    void file_notPrintableAscii_isRefusedWithoutRepeatingIt(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertThatThrownBy(() -> StorePassword.fromFile(file).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageContaining("a character that is not printable ASCII")
                .hasMessageNotContaining("test-");
    }

    @Test
    void file_notText_isRefused() throws Exception {
        Path file = Files.write(directory.resolve("password"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> StorePassword.fromFile(file).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessageEndingWith("is not text");
    }

    @Test
    void file_empty_isRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "\n");

        assertThatThrownBy(() -> StorePassword.fromFile(file).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the password from the file " + file + " is empty");
    }

    @Test
    void variable_set_isPassword() {
        StorePassword password =
                StorePassword.fromEnvironment("STORE_PASSWORD", Map.of("STORE_PASSWORD", "test-password"));

        assertThat(password.read()).containsExactly("test-password".toCharArray());
        assertThat(password).hasToString("the environment variable STORE_PASSWORD");
    }

    @Test
    void variable_notSet_isNamed() {
        assertThatThrownBy(() -> StorePassword.fromEnvironment("STORE_PASSWORD", Map.of())
                        .read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the environment variable STORE_PASSWORD is not set; it has to hold the password of the"
                        + " store");
    }

    @Test
    void callback_array_isClearedAfterUse() {
        char[] given = "test-password".toCharArray();

        assertThat(StorePassword.fromCallback(() -> given).read()).containsExactly("test-password".toCharArray());

        assertThat(given).containsOnly('\0');
    }

    @Test
    void callback_failing_isNotQuoted() {
        AtomicReference<char[]> nothing = new AtomicReference<>();

        assertThatThrownBy(() -> StorePassword.fromCallback(() -> {
                            throw new IllegalStateException("test-sentinel");
                        })
                        .read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the callback for the password failed with IllegalStateException")
                .hasNoCause();
        assertThatThrownBy(() -> StorePassword.fromCallback(nothing::get).read())
                .isInstanceOf(SecretStoreException.class)
                .hasMessage("the callback for the password returned null");
    }
}
