/** Spring AI: an advisor that keeps secrets out of what a chat client sends. */
@NullMarked
package dev.modelsecrets.clients.springai;

import org.jspecify.annotations.NullMarked;
