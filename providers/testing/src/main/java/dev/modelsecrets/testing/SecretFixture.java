package dev.modelsecrets.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test one secret; repeat it for more.
 *
 * <p>On a class it is for all tests in it, nested ones and those of subclasses included; on a method it is for that
 * test, and wins over the class. Two with one name on the same element are an error. It may stand on an annotation of
 * your own, to name a set of fixtures.
 *
 * <p>A test, its constructor and its {@code @BeforeEach} methods then take any of these as a parameter: {@link
 * dev.modelsecrets.Secrets} with all fixtures, a record that names the secrets it needs, a {@link
 * dev.modelsecrets.SecretsResolver}, {@link dev.modelsecrets.RefreshingSecrets}, the {@link RotatingSecrets} that
 * drives it, and a {@link KubernetesVolume} that holds the fixtures. All but Secrets and records share their values
 * within one test, and with no other test. A record whose secrets are not all there fails with the resolver's own
 * message. A parameterized test takes a record only if one of its secrets has a fixture, because it may be an argument.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(SecretFixture.Repeated.class)
@ExtendWith(FixtureExtension.class)
public @interface SecretFixture {

    /**
     * The secret's name.
     *
     * @return a valid secret name
     */
    String name();

    /**
     * The secret's value: a plainly fake one, such as {@code test-token}.
     *
     * @return the value; a blank one makes the secret absent, also where the class has it
     */
    String value();

    /** Holds several {@link SecretFixture}s; the compiler adds it. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @ExtendWith(FixtureExtension.class)
    @interface Repeated {

        /**
         * The fixtures.
         *
         * @return in the order in which they were written
         */
        SecretFixture[] value();
    }
}
