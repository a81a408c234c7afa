/**
 * What tests of code that uses secrets need: fixtures, rotation, faults, a leak check and the provider contract.
 *
 * <p>Only types that a test names may live here. All of it works in parallel tests, without JVM flags, agents or real
 * environment variables: secrets are handed in, never set from outside. JUnit 5.13 or later is needed, and AssertJ for
 * {@link dev.modelsecrets.testing.SecretsAssertions} alone.
 */
@NullMarked
package dev.modelsecrets.testing;

import org.jspecify.annotations.NullMarked;
