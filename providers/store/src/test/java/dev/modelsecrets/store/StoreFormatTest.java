package dev.modelsecrets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFormatTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00.123Z",
                "2024-02-29T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.001Z",
                "2026-03-01T12:00:00.123456Z",
                "2026-03-01T12:00:00.123456789Z",
                "2026-03-01T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "+12026-03-01T12:00:00Z",
                "-0044-03-15T12:00:00Z"
            })
    void time_ofEachShape_isThatOfTheJdk(String text) {
        assertThat(StoreFormat.time(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-03-01",
                "2026-13-01T12:00:00Z",
                "2025-02-29T12:00:00Z",
                "2026-03-01T25:00:00Z",
                "2026-03-01T12:00:0\u0660Z",
                "2026-03-01 12:00:00Z",
                "2026-03-01T12:00:00,123Z"
            })
    void time_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> StoreFormat.time(text)).isInstanceOf(DateTimeException.class);
    }
}
