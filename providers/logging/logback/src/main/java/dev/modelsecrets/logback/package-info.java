/** Redaction in Logback: the switch, the encoder and the appender that a configuration may name, and their helpers. */
@NullMarked
package dev.modelsecrets.logback;

import org.jspecify.annotations.NullMarked;
