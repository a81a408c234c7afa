/** What Spring Boot Actuator shows: no value, and how fresh the secrets are. */
@NullMarked
package dev.modelsecrets.spring.actuator;

import org.jspecify.annotations.NullMarked;
