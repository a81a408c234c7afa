/** Files, locks and JSON beneath the store; not exported, and free to change at any time. */
@NullMarked
package dev.modelsecrets.store.internal;

import org.jspecify.annotations.NullMarked;
