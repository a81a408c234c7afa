/**
 * Fixtures, rotation, faults, a leak check and the provider contract, for tests of code that uses secrets.
 *
 * <p>Start at {@link dev.modelsecrets.testing.SecretFixture}.
 */
module dev.modelsecrets.testing {
    requires transitive dev.modelsecrets.core;
    requires transitive org.junit.jupiter.api;
    requires dev.modelsecrets.standard;
    requires java.logging;
    requires org.junit.platform.commons;
    requires static org.assertj.core;
    requires static org.jspecify;

    exports dev.modelsecrets.testing;

    // JUnit makes the extensions.
    opens dev.modelsecrets.testing to
            org.junit.platform.commons;
    opens dev.modelsecrets.testing.internal to
            org.junit.platform.commons;
}
