/** What goes to a tracing, metrics or recording system: exporters that redact, and what the library tells of itself. */
@NullMarked
package dev.modelsecrets.observability;

import org.jspecify.annotations.NullMarked;
