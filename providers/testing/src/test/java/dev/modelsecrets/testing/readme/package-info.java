/** The examples of the README's section on tests: their code stands there word for word. */
package dev.modelsecrets.testing.readme;
