package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in the types of record components, good ones and bad ones. */
class ConversionTest {

    private static final String SENTINEL = "SENTINEL-VALUE-0123456789";

    private static final String DURATION = "a duration such as 30s, 1h30m, 250ms or PT30S";
    private static final String LIST = "values divided by commas, as in a,b,c, and none of them blank";

    private static <R extends Record> R as(Class<R> type, String value) {
        return Secrets.of(Map.of("value", value)).as(type);
    }

    record OfString(String value) {}

    record OfSecret(Secret value) {}

    record OfInt(int value) {}

    record OfInteger(Integer value) {}

    record OfLong(long value) {}

    record OfLongObject(Long value) {}

    record OfShort(short value) {}

    record OfShortObject(Short value) {}

    record OfByte(byte value) {}

    record OfByteObject(Byte value) {}

    record OfFloat(float value) {}

    record OfFloatObject(Float value) {}

    record OfDouble(double value) {}

    record OfDoubleObject(Double value) {}

    record OfBoolean(boolean value) {}

    record OfBooleanObject(Boolean value) {}

    record OfUri(URI value) {}

    record OfPath(Path value) {}

    record OfDuration(Duration value) {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfBytes(byte[] value) {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfChars(char[] value) {}

    record OfUuid(UUID value) {}

    record OfInstant(Instant value) {}

    record OfList(List<String> value) {}

    record OfOptionalList(Optional<List<String>> value) {}

    record OfLevel(Level value) {}

    /** Prints as something that no person could set. */
    private enum Level {
        LOW,
        VERY_HIGH {
            @Override
            int rank() {
                return 2;
            }
        };

        int rank() {
            return 1;
        }

        @Override
        public String toString() {
            return "level " + rank();
        }
    }

    static Stream<Arguments> goodValues() {
        return Stream.of(
                Arguments.of(new OfString("  as it is\n"), "  as it is\n"),
                Arguments.of(new OfSecret(Secret.of(" s ")), " s "),
                Arguments.of(new OfInt(8080), " 8080\n"),
                Arguments.of(new OfInteger(-1), "-1"),
                Arguments.of(new OfLong(9_000_000_000L), "9000000000"),
                Arguments.of(new OfLongObject(0L), "0"),
                Arguments.of(new OfShort((short) 32767), "32767"),
                Arguments.of(new OfShortObject((short) 1), "0001"),
                Arguments.of(new OfByte((byte) -128), "-128"),
                Arguments.of(new OfByteObject((byte) 7), "7"),
                Arguments.of(new OfFloat(1.5f), "1.5"),
                Arguments.of(new OfFloatObject(1e5f), "1e5"),
                Arguments.of(new OfDouble(-0.25), "-0.25"),
                Arguments.of(new OfDoubleObject(3.0), "3"),
                Arguments.of(new OfBoolean(true), "true"),
                Arguments.of(new OfBoolean(false), "FALSE"),
                Arguments.of(new OfBooleanObject(true), " True "),
                Arguments.of(new OfUri(URI.create("https://user:pw@host/x?y#z")), "https://user:pw@host/x?y#z\n"),
                Arguments.of(new OfPath(Path.of("/var/lib/model")), "/var/lib/model"),
                Arguments.of(new OfDuration(Duration.ofSeconds(90)), "PT1M30S"),
                Arguments.of(new OfDuration(Duration.ofDays(-2)), "p-2d"),
                Arguments.of(new OfDuration(Duration.ofSeconds(30)), "30s\n"),
                Arguments.of(new OfDuration(Duration.ofMinutes(5)), "5m"),
                Arguments.of(new OfDuration(Duration.ofMinutes(90)), "1h30m"),
                Arguments.of(new OfDuration(Duration.ofMillis(250)), "250ms"),
                Arguments.of(new OfDuration(Duration.ofDays(7).plusMillis(1)), "7d1ms"),
                Arguments.of(new OfDuration(Duration.ZERO), "0s"),
                Arguments.of(new OfInt(7), "+7"),
                Arguments.of(new OfDouble(0.001), "1E-3"),
                Arguments.of(new OfDouble(0.5), ".5"),
                Arguments.of(
                        new OfUuid(UUID.fromString("123e4567-e89b-12d3-a456-426614174000")),
                        "123E4567-e89b-12d3-a456-426614174000\n"),
                Arguments.of(new OfInstant(Instant.ofEpochSecond(86_400)), " 1970-01-02T00:00:00Z"),
                Arguments.of(new OfList(List.of("a")), "a"),
                Arguments.of(new OfList(List.of("a b", "c", "d")), " a b, c,\nd\n"),
                Arguments.of(new OfOptionalList(Optional.of(List.of("a", "b"))), "a,b"),
                Arguments.of(new OfOptionalList(Optional.empty()), " "),
                Arguments.of(new OfLevel(Level.LOW), "LOW"),
                Arguments.of(new OfLevel(Level.VERY_HIGH), "very-high"),
                Arguments.of(new OfLevel(Level.VERY_HIGH), " Very_High "));
    }

    @ParameterizedTest
    @MethodSource("goodValues")
    void as_valueThatFits_isConverted(Record expected, String value) {
        assertThat(as(expected.getClass(), value)).isEqualTo(expected);
    }

    @Test
    void as_base64_isDecoded() {
        assertThat(as(OfBytes.class, " AP8Q\n").value()).containsExactly(0, 255, 16);
        assertThat(as(OfBytes.class, "AA==").value()).containsExactly(0);
        assertThat(as(OfBytes.class, "AA").value()).containsExactly(0);
        assertThat(as(OfBytes.class, "AP\r\n  8Q\n").value()).containsExactly(0, 255, 16);
        assertThat(as(OfBytes.class, "-_8=").value()).containsExactly(251, 255);
        assertThat(as(OfBytes.class, "+/8=").value()).containsExactly(251, 255);
    }

    @Test
    void as_characters_areTheTextAsItIs() {
        assertThat(as(OfChars.class, " a\n").value()).containsExactly(' ', 'a', '\n');
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of(OfInt.class, SENTINEL, "a whole number (int)"),
                Arguments.of(OfInt.class, "2147483648", "a whole number (int)"),
                Arguments.of(OfInt.class, "1.0", "a whole number (int)"),
                Arguments.of(OfInt.class, "1_000", "a whole number (int)"),
                Arguments.of(OfInt.class, "0x1F", "a whole number (int)"),
                Arguments.of(OfInt.class, " ", "a whole number (int)"),
                Arguments.of(OfInteger.class, SENTINEL, "a whole number (Integer)"),
                Arguments.of(OfLong.class, "9223372036854775808", "a whole number (long)"),
                Arguments.of(OfLongObject.class, SENTINEL, "a whole number (Long)"),
                Arguments.of(OfShort.class, "32768", "a whole number (short)"),
                Arguments.of(OfShortObject.class, SENTINEL, "a whole number (Short)"),
                Arguments.of(OfByte.class, "128", "a whole number (byte)"),
                Arguments.of(OfByteObject.class, SENTINEL, "a whole number (Byte)"),
                Arguments.of(OfFloat.class, SENTINEL, "a number such as 0.5 or 1e-3 (float)"),
                Arguments.of(OfFloatObject.class, "1,5", "a number such as 0.5 or 1e-3 (Float)"),
                Arguments.of(OfDouble.class, SENTINEL, "a number such as 0.5 or 1e-3 (double)"),
                Arguments.of(OfDoubleObject.class, "1.2.3", "a number such as 0.5 or 1e-3 (Double)"),
                Arguments.of(OfBoolean.class, "yes", "true or false"),
                Arguments.of(OfBoolean.class, "1", "true or false"),
                Arguments.of(OfBooleanObject.class, SENTINEL, "true or false"),
                Arguments.of(OfUri.class, "https://host/a b " + SENTINEL, "a valid URI"),
                Arguments.of(OfPath.class, SENTINEL + "\0", "a valid Path"),
                Arguments.of(OfInt.class, "\uff11\uff12", "a whole number (int)"),
                Arguments.of(OfLong.class, "\u0661", "a whole number (long)"),
                Arguments.of(OfDouble.class, "1d", "a number such as 0.5 or 1e-3 (double)"),
                Arguments.of(OfDouble.class, "NaN", "a number such as 0.5 or 1e-3 (double)"),
                Arguments.of(OfDouble.class, "Infinity", "a number such as 0.5 or 1e-3 (double)"),
                Arguments.of(OfDouble.class, "0x1p3", "a number such as 0.5 or 1e-3 (double)"),
                Arguments.of(OfDouble.class, "1e999", "a number such as 0.5 or 1e-3 (double)"),
                Arguments.of(OfFloat.class, "1e39", "a number such as 0.5 or 1e-3 (float)"),
                Arguments.of(OfFloat.class, "1f", "a number such as 0.5 or 1e-3 (float)"),
                Arguments.of(OfDuration.class, "30", DURATION),
                Arguments.of(OfDuration.class, "30m1h", DURATION),
                Arguments.of(OfDuration.class, "1.5h", DURATION),
                Arguments.of(OfDuration.class, "\uff11s", DURATION),
                Arguments.of(OfDuration.class, "99999999999999999999s", DURATION),
                Arguments.of(OfDuration.class, "9223372036854775807d", DURATION),
                Arguments.of(OfDuration.class, " ", DURATION),
                Arguments.of(OfDuration.class, SENTINEL, DURATION),
                Arguments.of(OfUuid.class, "1-1-1-1-1", "a UUID such as 123e4567-e89b-12d3-a456-426614174000"),
                Arguments.of(OfUuid.class, SENTINEL, "a UUID such as 123e4567-e89b-12d3-a456-426614174000"),
                Arguments.of(OfInstant.class, "2026-01-31", "an instant such as 2026-01-31T12:00:00Z"),
                Arguments.of(OfInstant.class, SENTINEL, "an instant such as 2026-01-31T12:00:00Z"),
                Arguments.of(OfList.class, "a,,b", LIST),
                Arguments.of(OfList.class, "a,", LIST),
                Arguments.of(OfList.class, "a,\u00A0", LIST),
                Arguments.of(OfList.class, "a, \u200B,b", LIST),
                Arguments.of(OfList.class, "[\"a\",\"b\"]", LIST),
                Arguments.of(OfOptionalList.class, "a,,b", LIST),
                Arguments.of(OfBytes.class, SENTINEL, "base64"),
                Arguments.of(OfBytes.class, "A", "base64"),
                Arguments.of(OfLevel.class, SENTINEL, "one of LOW, VERY_HIGH"),
                Arguments.of(OfLevel.class, "level 1", "one of LOW, VERY_HIGH"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void as_valueThatDoesNotFit_namesSecretAndTypeOnly(Class<? extends Record> type, String value, String mustBe) {
        assertThatThrownBy(() -> as(type, value))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage("secret value does not fit " + type.getSimpleName() + ".value: it must be " + mustBe)
                .hasNoCause()
                .hasNoSuppressedExceptions();
    }

    @Test
    void as_exactNameThatDoesNotFit_isTheOneNamed() {
        record Server(int maxTokens) {}

        assertThatThrownBy(() ->
                        Secrets.of(Map.of("maxTokens", "x", "max_tokens", "1")).as(Server.class))
                .hasMessage("secret maxTokens does not fit Server.maxTokens: it must be a whole number (int)");
    }

    @ParameterizedTest
    @CsvSource({"low, LOW", "Low, low", "LOW, LOW"})
    void as_enumConstantsThatDifferInCase_prefersTheExactOne(String value, String expected) {
        enum Twin {
            LOW,
            low
        }
        record OfTwin(Twin value) {}

        assertThat(as(OfTwin.class, value).value().name()).isEqualTo(value.equals("low") ? "low" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {StringBuilder.class, char.class, Enum.class, int[].class, Number.class, Record.class, List.class
            })
    void supports_anythingElse_isFalse(Class<?> type) {
        assertThat(Conversion.supports(type)).isFalse();
    }
}
