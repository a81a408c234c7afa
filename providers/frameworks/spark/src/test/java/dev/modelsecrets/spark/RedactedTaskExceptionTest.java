package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactedTaskExceptionTest {

    private static final String VALUE = "test-token-in-an-exception";

    private final Redactor redactor = Secrets.of(Map.of("token", VALUE)).redactor();

    @Test
    void throwIfRevealing_nothingSecret_returns() {
        assertThatCode(() -> RedactedTaskException.throwIfRevealing(new IOException("no route"), redactor))
                .doesNotThrowAnyException();
    }

    @Test
    void throwIfRevealing_secretAnywhere_isACopyWithoutIt() {
        IOException thrown = new IOException("rejected " + VALUE, new IllegalArgumentException("cause " + VALUE));
        thrown.addSuppressed(new IllegalStateException("suppressed " + VALUE));

        assertThatExceptionOfType(RedactedTaskException.class)
                .isThrownBy(() -> RedactedTaskException.throwIfRevealing(thrown, redactor))
                .withMessage("java.io.IOException: rejected [secret:token]")
                .satisfies(copy -> {
                    assertThat(copy.getStackTrace()).isEqualTo(thrown.getStackTrace());
                    assertThat(copy.getCause()).hasMessage("java.lang.IllegalArgumentException: cause [secret:token]");
                    assertThat(copy.getSuppressed())
                            .singleElement()
                            .satisfies(suppressed -> assertThat(suppressed)
                                    .hasMessage("java.lang.IllegalStateException: suppressed [secret:token]"));
                    assertThat(printed(copy)).doesNotContain(VALUE);
                });
    }

    @Test
    void throwIfRevealing_circleOfCauses_ends() {
        IOException thrown = new IOException(VALUE);
        thrown.addSuppressed(new IllegalStateException(thrown));

        assertThatExceptionOfType(RedactedTaskException.class)
                .isThrownBy(() -> RedactedTaskException.throwIfRevealing(thrown, redactor))
                .satisfies(copy -> assertThat(printed(copy)).doesNotContain(VALUE));
    }

    @Test
    void throwIfRevealing_exceptionThatCannotBePrinted_isWithheld() {
        RuntimeException thrown = new RuntimeException() {
            @Override
            public String toString() {
                throw new IllegalStateException(VALUE);
            }
        };

        assertThatExceptionOfType(RedactedTaskException.class)
                .isThrownBy(() -> RedactedTaskException.throwIfRevealing(thrown, redactor))
                .withMessageEndingWith(", whose message is withheld")
                .satisfies(copy -> assertThat(printed(copy)).doesNotContain(VALUE));
    }

    @Test
    void iterator_failingElement_isRedactedAndOthersPass() {
        Iterator<Integer> rows = List.of(1, 2).stream()
                .map(row -> {
                    if (row == 2) {
                        throw new IllegalStateException("row " + row + " " + VALUE);
                    }
                    return row;
                })
                .iterator();
        RedactingIterator<Integer> redacting = new RedactingIterator<>(rows, redactor);

        assertThat(redacting.next()).isEqualTo(1);
        assertThatExceptionOfType(RedactedTaskException.class)
                .isThrownBy(redacting::hasNext)
                .withMessage("java.lang.IllegalStateException: row 2 [secret:token]");
    }

    @Test
    void iterator_checkedExceptionOfScala_isRedacted() {
        Iterator<Integer> rows = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                throw RedactedTaskExceptionTest.<RuntimeException>undeclared(new IOException(VALUE));
            }
        };

        assertThatExceptionOfType(RedactedTaskException.class)
                .isThrownBy(new RedactingIterator<>(rows, redactor)::next)
                .withMessage("java.io.IOException: [secret:token]");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void iterator_exceptionWithoutASecret_keepsItsType() {
        Iterator<Integer> rows = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                throw new IllegalStateException("row 1");
            }
        };

        assertThatIllegalStateException()
                .isThrownBy(new RedactingIterator<>(rows, redactor)::next)
                .withMessage("row 1");
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
