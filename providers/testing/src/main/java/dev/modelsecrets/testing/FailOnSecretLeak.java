package dev.modelsecrets.testing;

import dev.modelsecrets.testing.internal.LeakExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that prints or logs a secret, saying which one and where, and not printing it.
 *
 * <p>What goes to {@code System.out}, {@code System.err} and {@code java.util.logging} is looked through for the values
 * of all fixtures of the test: those of {@link SecretFixture} and {@link SecretFixtures}, and those that it makes
 * itself with {@link FixtureSecrets}, {@link RotatingSecrets} (rotated ones included) and {@link KubernetesVolume}.
 * What counts as a leak is what {@link dev.modelsecrets.Redactor} would replace: a value, its encoded and escaped
 * forms, its secret parts. Other logging systems are covered where they write to the console; a logger without parent
 * handlers is not.
 *
 * <p>A test owns the thread that runs it and all that are started from there, by inheritance; wait for them, because
 * what is printed after the last {@code @AfterEach} is no longer looked at. Output of threads that were there before,
 * such as those of a shared pool, is the running test's if tests run one by one. If they run in parallel it cannot be
 * told whose it is, so it is not looked at; the same goes for the common pool. The streams are put back when no watched
 * test runs.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(LeakExtension.class)
public @interface FailOnSecretLeak {

    /** The least length of the values that are looked for, unless an annotation says otherwise. */
    int DEFAULT_MINIMUM_LENGTH = 8;

    /**
     * How many characters a value must have to be looked for; shorter ones would be found in ordinary words. A WARN
     * names the fixtures that are too short.
     *
     * @return at least 1
     */
    int minimumLength() default DEFAULT_MINIMUM_LENGTH;
}
