/**
 * What a person reads when an application does not start: this library's messages as they are, all others without
 * values.
 */
@NullMarked
package dev.modelsecrets.spring.failure;

import org.jspecify.annotations.NullMarked;
