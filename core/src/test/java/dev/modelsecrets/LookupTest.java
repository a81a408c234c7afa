package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTest {

    @Test
    void found_value_givesItAndItsLocation() {
        Lookup lookup = Lookup.found("hunter2", "/secrets/token");

        assertThat(lookup.isFound()).isTrue();
        assertThat(lookup.value()).isEqualTo("hunter2");
        assertThat(lookup.location()).isEqualTo("/secrets/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {" a ", "a\n", "\ta", "null", "-----BEGIN KEY-----\nabc\n-----END KEY-----\n"})
    void found_valueWithWhiteSpace_isKeptAsItIs(String value) {
        assertThat(Lookup.found(value, "here").value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n", "\t \n", "\u2003", "\u00a0", "\u200b", "\ufeff", " \u2060\n"})
    void found_blankValue_isAbsent(String value) {
        Lookup lookup = Lookup.found(value, "/secrets/token");

        assertThat(lookup.isFound()).isFalse();
        assertThat(lookup.reason()).isEqualTo("/secrets/token is blank");
    }

    @Test
    void absent_reason_givesIt() {
        Lookup lookup = Lookup.absent("/secrets does not exist");

        assertThat(lookup.isFound()).isFalse();
        assertThat(lookup.reason()).isEqualTo("/secrets does not exist");
    }

    @Test
    void absent_lazyReason_isWorkedOutOnlyWhenRead() {
        AtomicInteger reads = new AtomicInteger();
        Lookup lookup = Lookup.absent(() -> "read " + reads.incrementAndGet());

        assertThat(lookup.isFound()).isFalse();
        assertThat(reads).hasValue(0);

        assertThat(lookup.reason()).isEqualTo("read 1");
        assertThat(reads).hasValue(1);
    }

    @Test
    void absent_lazyReason_isNotWorkedOutByAResolveThatSucceeds() {
        AtomicInteger reads = new AtomicInteger();
        SecretProvider first =
                SecretProvider.of("first", name -> Lookup.absent(() -> "read " + reads.incrementAndGet()));
        SecretProvider second = new FakeProvider("second").has("a", "1");

        SecretsResolver.of(first, second).resolve("a");

        assertThat(reads).hasValue(0);
    }

    @Test
    void value_ofAbsent_saysTheReason() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Lookup.absent("no such file").value())
                .withMessage("there is no value: absent: no such file");
    }

    @Test
    void location_ofAbsent_saysTheReason() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Lookup.absent(() -> "no such file").location())
                .withMessage("there is no location: absent: no such file");
    }

    @Test
    void reason_ofFound_saysTheLocation() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Lookup.found("hunter2", "/secrets/token").reason())
                .withMessage("there is no reason: found: /secrets/token");
    }

    @Test
    void toString_found_showsTheLocationOnly() {
        assertThat(Lookup.found("hunter2", "/secrets/token")).hasToString("found: /secrets/token");
    }

    @Test
    void toString_absent_showsTheReason() {
        assertThat(Lookup.absent("no such file")).hasToString("absent: no such file");
        assertThat(Lookup.absent(() -> "no such key")).hasToString("absent: no such key");
        assertThat(Lookup.found(" ", "TOKEN")).hasToString("absent: TOKEN is blank");
    }

    @Test
    void factories_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> Lookup.found(null, "here"))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> Lookup.found("x", null))
                .withMessage("location");
        assertThatNullPointerException()
                .isThrownBy(() -> Lookup.absent((String) null))
                .withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> Lookup.absent((Supplier<String>) null))
                .withMessage("reason");
    }

    @Test
    void reason_supplierThatThrows_saysSoWithoutItsMessage() {
        Lookup lookup = Lookup.absent(() -> {
            throw new IllegalStateException("test-token");
        });

        assertThat(lookup.reason())
                .isEqualTo(
                        "has no such secret (why could not be worked out: it failed with java.lang.IllegalStateException (its message is"
                                + " withheld, because it may quote a secret))");
    }
}
