package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
