package dev.modelsecrets.spring.failure;

import dev.modelsecrets.spring.config.ApplicationSecrets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.util.ClassUtils;

/**
 * Goes before all other analysers where a failure says the value of a secret: lets them speak, and replaces the value.
 *
 * <p>Spring Boot's own analysers of binding failures quote the value that did not fit, and so does the stack trace that
 * it prints at DEBUG, or where no analyser knows the failure.
 */
abstract sealed class WithholdingFailureAnalyzer implements FailureAnalyzer {

    private final Optional<ApplicationSecrets> imported;
    private final @Nullable ArgumentResolver arguments;

    private WithholdingFailureAnalyzer(Optional<ApplicationSecrets> imported, @Nullable ArgumentResolver arguments) {
        this.imported = imported;
        this.arguments = arguments;
    }

    /** Spring Boot makes it where the application has a context. */
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    static final class WithContext extends WithholdingFailureAnalyzer {

        WithContext(BeanFactory beans, Environment environment) {
            super(
                    ApplicationSecrets.importedInto(environment),
                    ArgumentResolver.of(BeanFactory.class, beans).and(Environment.class, environment));
        }
    }

    /** For a failure before there is a context, when Spring Boot makes no analyser that asks for one. */
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    static final class WithoutContext extends WithholdingFailureAnalyzer {

        WithoutContext() {
            super(ApplicationSecrets.ofFailedStart(), null);
        }
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return imported.map(secrets -> analyze(failure, new WithheldValues(secrets.refreshing())))
                .orElse(null);
    }

    private @Nullable FailureAnalysis analyze(Throwable failure, WithheldValues values) {
        FailureAnalysis analysis = analysisOfOthers(failure);
        boolean said = values.isIn(failure)
                || (analysis != null && values.isIn(analysis.getDescription() + "\n" + analysis.getAction()));
        if (!said) {
            return null;
        }
        Throwable cause = WithheldException.of(failure, values);
        return analysis == null
                ? new FailureAnalysis(
                        chain(cause), "The value of a secret is withheld: see where it comes from.", cause)
                : new FailureAnalysis(
                        values.withhold(analysis.getDescription()),
                        withheldOrNull(analysis.getAction(), values),
                        cause);
    }

    private static @Nullable String withheldOrNull(@Nullable String text, WithheldValues values) {
        return text == null ? null : values.withhold(text);
    }

    private @Nullable FailureAnalysis analysisOfOthers(Throwable failure) {
        for (FailureAnalyzer analyzer : others()) {
            try {
                FailureAnalysis analysis = analyzer.analyze(failure);
                if (analysis != null) {
                    return analysis;
                }
            } catch (RuntimeException | LinkageError e) {
                // As Spring Boot does: an analyser that fails has nothing to say.
            }
        }
        return null;
    }

    private List<FailureAnalyzer> others() {
        return SpringFactoriesLoader.forDefaultResourceLocation(ClassUtils.getDefaultClassLoader())
                .load(FailureAnalyzer.class, arguments, (type, name, problem) -> {})
                .stream()
                .filter(analyzer -> !(analyzer instanceof WithholdingFailureAnalyzer))
                .toList();
    }

    /** Says each failure of a chain on a line. */
    private static String chain(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.toString());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append("\ncaused by ").append(cause);
        }
        return text.toString();
    }
}
