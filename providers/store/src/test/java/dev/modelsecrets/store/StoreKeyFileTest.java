package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreKeyFileTest {

    @TempDir
    private Path directory;

    @Test
    void create_newFile_hasRandomBytesThatWrapAndUnwrap() throws Exception {
        StoreKeyFile key = StoreKeyFile.create(directory.resolve("store.key"));
        StoreKeyFile other = StoreKeyFile.create(directory.resolve("other.key"));
        byte[] dataKey = AesGcm.random(32);

        Map<String, String> slot = key.wrap(dataKey);

        assertThat(directory.resolve("store.key")).hasSize(32);
        assertThat(Files.readAllBytes(directory.resolve("store.key")))
                .isNotEqualTo(Files.readAllBytes(directory.resolve("other.key")));
        assertThat(key.unwrap(slot)).isEqualTo(dataKey);
        assertThatThrownBy(() -> other.unwrap(slot))
                .isInstanceOf(WrongKeyException.class)
                .hasMessage(other + " does not open the store, or its key slot was altered");
        assertThat(key).hasToString("the key file " + directory.resolve("store.key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64 !", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void slot_altered_opensNothing(String wrapped) {
        StoreKeyFile key = StoreKeyFile.create(directory.resolve("store.key"));

        assertThatThrownBy(() -> key.unwrap(Map.of("wrapped", wrapped))).isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> key.unwrap(Map.of())).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void create_existingFile_isRefused() throws Exception {
        Path file = Files.write(directory.resolve("store.key"), new byte[32]);

        assertThatThrownBy(() -> StoreKeyFile.create(file))
                .isInstanceOf(StoreKeyException.class)
                .hasMessageStartingWith("the key file " + file + " cannot be created: ");
        assertThat(Files.readAllBytes(file)).isEqualTo(new byte[32]);
    }

    @Test
    void file_notOf32Bytes_isRefused() throws Exception {
        Path file = directory.resolve("store.key");
        for (int size : new int[] {0, 16, 31, 33, 44, 4096}) {
            Files.write(file, new byte[size]);
            assertThatThrownBy(() -> StoreKeyFile.at(file).wrap(new byte[32]))
                    .isInstanceOf(StoreKeyException.class)
                    .hasMessage("the key file " + file + " has to be 32 bytes, and is "
                            + (size < 32 ? "shorter" : "longer"));
        }
        Files.delete(file);
        assertThatThrownBy(() -> StoreKeyFile.at(file).wrap(new byte[32]))
                .isInstanceOf(StoreKeyException.class)
                .hasMessage("the key file " + file + " does not exist");
    }
}
