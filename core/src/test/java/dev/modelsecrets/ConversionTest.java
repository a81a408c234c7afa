package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
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
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of(OfInt.class, SENTINEL, "a valid int"),
                Arguments.of(OfInt.class, "2147483648", "a valid int"),
                Arguments.of(OfInt.class, "1.0", "a valid int"),
                Arguments.of(OfInt.class, "1_000", "a valid int"),
                Arguments.of(OfInt.class, "0x1F", "a valid int"),
                Arguments.of(OfInt.class, " ", "a valid int"),
                Arguments.of(OfInteger.class, SENTINEL, "a valid Integer"),
                Arguments.of(OfLong.class, "9223372036854775808", "a valid long"),
                Arguments.of(OfLongObject.class, SENTINEL, "a valid Long"),
                Arguments.of(OfShort.class, "32768", "a valid short"),
                Arguments.of(OfShortObject.class, SENTINEL, "a valid Short"),
                Arguments.of(OfByte.class, "128", "a valid byte"),
                Arguments.of(OfByteObject.class, SENTINEL, "a valid Byte"),
                Arguments.of(OfFloat.class, SENTINEL, "a valid float"),
                Arguments.of(OfFloatObject.class, "1,5", "a valid Float"),
                Arguments.of(OfDouble.class, SENTINEL, "a valid double"),
                Arguments.of(OfDoubleObject.class, "1.2.3", "a valid Double"),
                Arguments.of(OfBoolean.class, "yes", "true or false"),
                Arguments.of(OfBoolean.class, "1", "true or false"),
                Arguments.of(OfBooleanObject.class, SENTINEL, "true or false"),
                Arguments.of(OfUri.class, "https://host/a b " + SENTINEL, "a valid URI"),
                Arguments.of(OfPath.class, SENTINEL + "\0", "a valid Path"),
                Arguments.of(OfDuration.class, "30s", "a duration such as PT30S (ISO 8601)"),
                Arguments.of(OfDuration.class, SENTINEL, "a duration such as PT30S (ISO 8601)"),
                Arguments.of(OfBytes.class, SENTINEL, "base64"),
                Arguments.of(OfBytes.class, "A", "base64"),
                Arguments.of(OfLevel.class, SENTINEL, "one of LOW, VERY_HIGH"),
                Arguments.of(OfLevel.class, "level 1", "one of LOW, VERY_HIGH"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void as_valueThatDoesNotFit_namesSecretAndTypeOnly(Class<? extends Record> type, String value, String mustBe) {
        assertThatThrownBy(() -> as(type, value))
                .isExactlyInstanceOf(SecretsException.class)
                .hasMessage("secret value does not fit " + type.getSimpleName() + ".value: it must be " + mustBe)
                .hasNoCause()
                .hasNoSuppressedExceptions();
    }

    @Test
    void as_exactNameThatDoesNotFit_isTheOneNamed() {
        record Server(int maxTokens) {}

        assertThatThrownBy(() ->
                        Secrets.of(Map.of("maxTokens", "x", "max_tokens", "1")).as(Server.class))
                .hasMessage("secret maxTokens does not fit Server.maxTokens: it must be a valid int");
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
    @ValueSource(classes = {StringBuilder.class, char.class, Enum.class, int[].class, Number.class, Record.class})
    void supports_anythingElse_isFalse(Class<?> type) {
        assertThat(Conversion.supports(type)).isFalse();
    }
}
