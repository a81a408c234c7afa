/** Fixtures of the test kit in tests with {@code @SpringBootTest}. */
@NullMarked
package dev.modelsecrets.spring.test;

import org.jspecify.annotations.NullMarked;
