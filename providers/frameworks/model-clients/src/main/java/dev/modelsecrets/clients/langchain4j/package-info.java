/** LangChain4j: chat models that keep secrets out of what they send. */
@NullMarked
package dev.modelsecrets.clients.langchain4j;

import org.jspecify.annotations.NullMarked;
