/** Helpers that several packages of core share; not exported, and free to change at any time. */
@NullMarked
package dev.modelsecrets.internal;

import org.jspecify.annotations.NullMarked;
