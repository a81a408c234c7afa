/**
 * Where an application's secrets come from: the properties {@code model-secrets.*}, the chain of providers that they
 * describe, and {@code spring.config.import=secrets:}.
 */
@NullMarked
package dev.modelsecrets.spring.config;

import org.jspecify.annotations.NullMarked;
