/** A model server in miniature, as an application with Spring Boot. */
@NullMarked
package dev.modelsecrets.examples.springboot;

import org.jspecify.annotations.NullMarked;
