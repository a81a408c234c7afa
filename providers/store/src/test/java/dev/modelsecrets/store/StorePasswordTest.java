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
        assertThat(password).hasToString("the password from the file " + file);
    }

    @Test
    void file_missing_isNamed() {
        assertThatThrownBy(() ->
                        StorePassword.fromFile(directory.resolve("missing")).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the password file " + directory.resolve("missing") + " does not exist");
    }

    @Test
    void file_directoryOrTooLarge_isRefused() throws Exception {
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(5000));

        assertThatThrownBy(() -> StorePassword.fromFile(directory).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("is not a regular file");
        assertThatThrownBy(() -> StorePassword.fromFile(large).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("is larger than 4 KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-one\ntest-two", "test-p\u00e4ssword", "test\ttest"})
    void file_notPrintableAscii_isRefusedWithoutRepeatingIt(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), content);

        assertThatThrownBy(() -> StorePassword.fromFile(file).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessageContaining("a character that is not printable ASCII")
                .hasMessageNotContaining("test-");
    }

    @Test
    void file_notText_isRefused() throws Exception {
        Path file = Files.write(directory.resolve("password"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> StorePassword.fromFile(file).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessageEndingWith("is not text");
    }

    @Test
    void file_empty_isRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "\n");

        assertThatThrownBy(() -> StorePassword.fromFile(file).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the password from the file " + file + " is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "            ", "                                "})
    void password_blank_isRefusedWhateverItsLength(String blank) {
        assertThatThrownBy(() -> StorePassword.of(blank.toCharArray()).wrap(new byte[32]))
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the password from the application is blank");
    }

    @Test
    void password_destroyed_opensNothing() {
        char[] given = "test-password-of-twelve".toCharArray();
        StorePassword password = StorePassword.of(given);
        given[0] = 'x';

        assertThat(password.read()).containsExactly("test-password-of-twelve".toCharArray());
        password.destroy();

        assertThat(password.isDestroyed()).isTrue();
        assertThatThrownBy(password::read)
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the password from the application was destroyed");
    }

    @Test
    void slot_wrapped_opensWithTheSamePasswordOnly() {
        byte[] dataKey = AesGcm.random(32);
        Map<String, String> slot =
                StorePassword.of("test-password-of-twelve".toCharArray()).wrap(dataKey);

        assertThat(slot).containsOnlyKeys("salt", "rounds", "wrapped").containsEntry("rounds", "600000");
        assertThat(StorePassword.of("test-password-of-twelve".toCharArray()).unwrap(slot))
                .isEqualTo(dataKey);
        assertThatThrownBy(() ->
                        StorePassword.of("test-another-password".toCharArray()).unwrap(slot))
                .isInstanceOf(WrongKeyException.class)
                .hasMessage("the password from the application does not open the store, or its key slot was altered");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "10000001", "99999999999", "x"})
    void slot_withOtherRounds_isRefusedWithoutDeriving(String rounds) {
        Map<String, String> slot = Map.of("salt", "AAAA", "rounds", rounds, "wrapped", "AAAA");

        assertThatThrownBy(() -> StorePassword.of("test-password-of-twelve".toCharArray())
                        .unwrap(slot))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void variable_set_isPassword() {
        StorePassword password =
                StorePassword.fromEnvironment("STORE_PASSWORD", Map.of("STORE_PASSWORD", "test-password"));

        assertThat(password.read()).containsExactly("test-password".toCharArray());
        assertThat(password).hasToString("the password from the environment variable STORE_PASSWORD");
    }

    @Test
    void variable_notSet_isNamed() {
        assertThatThrownBy(() -> StorePassword.fromEnvironment("STORE_PASSWORD", Map.of())
                        .read())
                .isInstanceOf(StoreKeyException.class)
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
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the callback for the password failed with IllegalStateException")
                .hasNoCause();
        assertThatThrownBy(() -> StorePassword.fromCallback(nothing::get).read())
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the callback for the password returned null");
    }
}
