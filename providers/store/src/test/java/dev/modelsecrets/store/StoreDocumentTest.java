package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreDocumentTest {

    private static final DataKey KEY = DataKey.random();

    private static byte[] file(String... names) {
        List<StoreEntry> entries = List.of(names).stream()
                .map(name -> StoreEntry.deleted(name, name.length()))
                .toList();
        return new StoreDocument.Content("id", 1, List.of(new KeySlot("key-file", Map.of())), entries)
                .sign(KEY)
                .bytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a b c", "A Z a z", "- . 0 _ a aa b"})
    void parse_sortedLines_findsEachAndNoOther(String names) {
        StoreDocument document = StoreDocument.parse(file(names.split(" ", -1)), "file");

        assertThat(document.isSignedWith(KEY)).isTrue();
        assertThat(document.entries()).extracting(StoreEntry::name).containsExactly(names.split(" ", -1));
        for (String name : names.split(" ", -1)) {
            assertThat(document.entry(name)).hasToString("StoreEntry[" + name + "]");
        }
        assertThat(document.entry("aaa")).isNull();
        assertThat(document.entry("!")).isNull();
        assertThat(document.entry("~")).isNull();
    }

    @Test
    void parse_noLines_findsNone() {
        assertThat(StoreDocument.parse(file(), "file").entry("a")).isNull();
    }

    /** Else a reader could find one of two lines, or none of those that are there. */
    @ParameterizedTest
    @ValueSource(strings = {"a a", "b a", "a c b", "a b a"})
    void parse_linesOutOfOrder_isDamaged(String names) {
        byte[] file = file(names.split(" ", -1));

        assertThatThrownBy(() -> StoreDocument.parse(file, "file")).isInstanceOf(DamagedStoreException.class);
    }

    /** A value is written again without escapes. */
    @ParameterizedTest
    @ValueSource(strings = {"a\\\"b", "a\\u0000", "\u00e9", "a b"})
    void state_valueThatIsNotBase64_isDamaged(String value) {
        assertThat(entry("QUJD/+8=", "").state().sealed("k", 1)).isEqualTo("QUJD/+8=");
        assertThatThrownBy(() -> entry(value, "").state()).isInstanceOf(DamagedStoreException.class);
        assertThatThrownBy(() -> entry("QUJD", value).state()).isInstanceOf(DamagedStoreException.class);
    }

    private static StoreEntry entry(String value, String description) {
        byte[] line = ("{\"type\":\"opaque\",\"version\":1,\"created\":\"2026-01-01T00:00:00Z\","
                        + "\"updated\":\"2026-01-01T00:00:00Z\",\"description\":\"" + description
                        + "\",\"keys\":{\"k\":1},\"values\":{\"k\":{\"1\":\"" + value + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        return new StoreEntry("a", line, 0, line.length);
    }
}
