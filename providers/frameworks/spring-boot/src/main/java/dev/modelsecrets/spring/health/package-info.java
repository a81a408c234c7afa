/** Whether secrets are fresh, for the health endpoint of either version of Spring Boot. */
@NullMarked
package dev.modelsecrets.spring.health;

import org.jspecify.annotations.NullMarked;
