/** How files, YAML and JSON are read without ever quoting them; not exported, and free to change at any time. */
@NullMarked
package dev.modelsecrets.standard.internal;

import org.jspecify.annotations.NullMarked;
