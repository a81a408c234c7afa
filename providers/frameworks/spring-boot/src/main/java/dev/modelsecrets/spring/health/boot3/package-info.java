/** The health indicator for Spring Boot 3. */
@NullMarked
package dev.modelsecrets.spring.health.boot3;

import org.jspecify.annotations.NullMarked;
