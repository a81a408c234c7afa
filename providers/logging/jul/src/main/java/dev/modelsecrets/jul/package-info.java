/** Redaction in java.util.logging: the switch, the formatter that a configuration may name, and their helpers. */
@NullMarked
package dev.modelsecrets.jul;

import org.jspecify.annotations.NullMarked;
