/** Redaction in Log4j 2: the switch, the layout and the policy that a configuration may name, and their helpers. */
@NullMarked
package dev.modelsecrets.log4j2;

import org.jspecify.annotations.NullMarked;
