package dev.modelsecrets.spring.failure;

import dev.modelsecrets.SecretsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains this library's exceptions by their own messages.
 *
 * <p>The analysis has no cause: before the logging is set up, Spring Boot would print its stack trace, which says
 * nothing more.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecretsFailureAnalyzer extends AbstractFailureAnalyzer<SecretsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SecretsException cause) {
        String message = String.valueOf(cause.getMessage());
        int lastLine = message.lastIndexOf('\n');
        return lastLine < 0
                ? new FailureAnalysis(message, null, null)
                : new FailureAnalysis(
                        Shortened.of(message.substring(0, lastLine)), message.substring(lastLine + 1), null);
    }
}
