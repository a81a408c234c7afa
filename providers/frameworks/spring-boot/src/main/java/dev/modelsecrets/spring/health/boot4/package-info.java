/** The health indicator for Spring Boot 4. */
@NullMarked
package dev.modelsecrets.spring.health.boot4;

import org.jspecify.annotations.NullMarked;
