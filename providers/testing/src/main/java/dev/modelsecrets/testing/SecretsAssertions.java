package dev.modelsecrets.testing;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.ResolutionReport.Answer;
import dev.modelsecrets.ResolutionReport.Entry;
import dev.modelsecrets.ResolutionReport.Status;
import dev.modelsecrets.ResolutionReport.Verdict;
import dev.modelsecrets.Secrets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about secrets that never print a value, not even the expected one, when they fail.
 *
 * <p>Import {@code assertThat} statically beside AssertJ's own. This is the one type here that needs AssertJ; as
 * AssertJ prints the entries of any map, its own {@code assertThat(Map)} is not for secrets.
 */
public final class SecretsAssertions {

    private SecretsAssertions() {}

    /**
     * Starts assertions about resolved secrets.
     *
     * @param actual the secrets
     * @return the assertions
     */
    public static SecretsAssert assertThat(@Nullable Secrets actual) {
        return new SecretsAssert(actual);
    }

    /**
     * Starts assertions about a report.
     *
     * @param actual the report
     * @return the assertions
     */
    public static ResolutionReportAssert assertThat(@Nullable ResolutionReport actual) {
        return new ResolutionReportAssert(actual);
    }

    /**
     * Starts assertions about missing secrets.
     *
     * @param actual the exception
     * @return the assertions
     */
    public static MissingSecretsAssert assertThat(@Nullable MissingSecretsException actual) {
        return new MissingSecretsAssert(actual);
    }

    /** What all have in common: nothing is printed but names. */
    abstract static class ValuelessAssert<S extends ValuelessAssert<S, A>, A> extends AbstractAssert<S, A> {

        ValuelessAssert(@Nullable A actual, Class<?> type) {
            super(actual, type);
            info.useRepresentation(new ValuelessRepresentation());
        }

        @Override
        public S isEqualTo(@Nullable Object expected) {
            if (!Objects.equals(actual, expected)) {
                throw failure("Expected %s to equal another one, whose values are not shown", what());
            }
            return myself;
        }

        @Override
        public S isNotEqualTo(@Nullable Object other) {
            if (Objects.equals(actual, other)) {
                throw failure("Expected %s not to equal another one, whose values are not shown", what());
            }
            return myself;
        }

        @Override
        public S hasToString(String expected) {
            if (!what().equals(expected)) {
                throw failure("Expected another text than %s; it is not shown", what());
            }
            return myself;
        }

        A present() {
            isNotNull();
            return Objects.requireNonNull(actual);
        }

        void checkNames(List<String> names, String... expected) {
            if (!names.equals(Arrays.asList(expected))) {
                throw failure(
                        "Expected %s to have exactly the names %s in this order", what(), Arrays.asList(expected));
            }
        }

        String what() {
            return String.valueOf(actual);
        }
    }

    /** Prints what is known to hold no value, and the type of anything else. */
    private static final class ValuelessRepresentation extends StandardRepresentation {

        @Override
        public String toStringOf(@Nullable Object object) {
            if (object == null
                    || object instanceof Secrets
                    || object instanceof ResolutionReport
                    || object instanceof MissingSecretsException) {
                return String.valueOf(object);
            }
            return "a " + object.getClass().getName() + " that is not shown";
        }

        @Override
        public String unambiguousToStringOf(@Nullable Object object) {
            return toStringOf(object);
        }
    }

    /** Assertions about {@link Secrets}. */
    public static final class SecretsAssert extends ValuelessAssert<SecretsAssert, Secrets> {

        private SecretsAssert(@Nullable Secrets actual) {
            super(actual, SecretsAssert.class);
        }

        /**
         * Checks the names.
         *
         * @param names all names, in declared order
         * @return this
         */
        public SecretsAssert hasNames(String... names) {
            checkNames(List.copyOf(present().keySet()), names);
            return this;
        }

        /**
         * Checks that a secret is there.
         *
         * @param name its name
         * @return this
         */
        public SecretsAssert has(String name) {
            if (!present().containsKey(name)) {
                throw failure("Expected %s to have the secret %s", what(), name);
            }
            return this;
        }

        /**
         * Checks that a secret is not there.
         *
         * @param name its name
         * @return this
         */
        public SecretsAssert hasNo(String name) {
            if (present().containsKey(name)) {
                throw failure("Expected %s not to have the secret %s", what(), name);
            }
            return this;
        }

        /**
         * Checks a value.
         *
         * @param name the secret's name
         * @param value the value that it must have; it is not printed
         * @return this
         */
        public SecretsAssert hasValue(String name, String value) {
            has(name);
            if (!value.equals(present().get(name))) {
                throw failure("Expected the secret %s to have another value; neither is shown", name);
            }
            return this;
        }

        /**
         * Checks names and values at once.
         *
         * @param values all names in declared order where the map has an order, and their values; they are not printed
         * @return this
         */
        public SecretsAssert hasExactly(Map<String, String> values) {
            if (!present().keySet().equals(values.keySet())) {
                throw failure("Expected %s to have exactly the names %s", what(), values.keySet());
            }
            values.forEach(this::hasValue);
            return this;
        }

        /**
         * Checks where a value came from.
         *
         * @param name the secret's name
         * @param source the provider and the place, as {@link Secrets#source} tells them
         * @return this
         */
        public SecretsAssert comesFrom(String name, String source) {
            has(name);
            String actualSource = present().source(name);
            if (!actualSource.equals(source)) {
                throw failure("Expected the secret %s to come from <%s>, not from <%s>", name, source, actualSource);
            }
            return this;
        }
    }

    /** Assertions about a {@link ResolutionReport}. */
    public static final class ResolutionReportAssert extends ValuelessAssert<ResolutionReportAssert, ResolutionReport> {

        private ResolutionReportAssert(@Nullable ResolutionReport actual) {
            super(actual, ResolutionReportAssert.class);
        }

        /**
         * Checks that resolving would hand everything over.
         *
         * @return this
         */
        public ResolutionReportAssert isComplete() {
            if (!present().isComplete()) {
                throw failure("Expected a complete report:%n%s", what());
            }
            return this;
        }

        /**
         * Checks that resolving would fail.
         *
         * @return this
         */
        public ResolutionReportAssert isNotComplete() {
            if (present().isComplete()) {
                throw failure("Expected a report with something missing, failed or denied:%n%s", what());
            }
            return this;
        }

        /**
         * Checks what becomes of a secret.
         *
         * @param name the secret's name
         * @param status found, default, missing, failed or denied
         * @return this
         */
        public ResolutionReportAssert hasStatus(String name, Status status) {
            Status actualStatus = entry(name).status();
            if (actualStatus != status) {
                throw failure("Expected the secret %s to be %s, not %s:%n%s", name, status, actualStatus, what());
            }
            return this;
        }

        /**
         * Checks which provider's value wins.
         *
         * @param name the secret's name
         * @param provider the provider's name
         * @return this
         */
        public ResolutionReportAssert isFoundBy(String name, String provider) {
            String winner = entry(name).winner().map(Verdict::provider).orElse("nobody");
            if (!winner.equals(provider)) {
                throw failure(
                        "Expected the secret %s to be found by %s, not by %s:%n%s", name, provider, winner, what());
            }
            return this;
        }

        /**
         * Checks what one provider says of a secret.
         *
         * @param name the secret's name
         * @param provider the provider's name
         * @param answer found, absent or failed
         * @return this
         */
        public ResolutionReportAssert hasAnswer(String name, String provider, Answer answer) {
            for (Verdict verdict : entry(name).verdicts()) {
                if (verdict.provider().equals(provider) && verdict.answer() == answer) {
                    return this;
                }
            }
            throw failure("Expected the answer %s of %s for the secret %s:%n%s", answer, provider, name, what());
        }

        private Entry entry(String name) {
            for (Entry entry : present().entries()) {
                if (entry.name().equals(name)) {
                    return entry;
                }
            }
            throw failure("Expected a report about the secret %s:%n%s", name, what());
        }
    }

    /** Assertions about a {@link MissingSecretsException}. */
    public static final class MissingSecretsAssert
            extends ValuelessAssert<MissingSecretsAssert, MissingSecretsException> {

        private MissingSecretsAssert(@Nullable MissingSecretsException actual) {
            super(actual, MissingSecretsAssert.class);
        }

        /**
         * Checks which secrets are missing.
         *
         * @param names all missing names, in declared order
         * @return this
         */
        public MissingSecretsAssert hasNames(String... names) {
            checkNames(present().names(), names);
            return this;
        }

        /**
         * Checks what the message says.
         *
         * @param text a part of the message
         * @return this
         */
        public MissingSecretsAssert mentions(String text) {
            if (!String.valueOf(present().getMessage()).contains(text)) {
                throw failure("Expected the message to mention <%s>:%n%s", text, what());
            }
            return this;
        }
    }
}
