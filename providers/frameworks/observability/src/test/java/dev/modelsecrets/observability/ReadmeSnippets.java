package dev.modelsecrets.observability;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The code of the README. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static Map.Entry<SpanExporter, LogRecordExporter> openTelemetry(
            SpanExporter spanExporter, LogRecordExporter logRecordExporter, Secrets secrets) {
        SpanExporter spans = RedactingSpanExporter.around(spanExporter, secrets.redactor());
        LogRecordExporter records = RedactingLogRecordExporter.around(logRecordExporter, secrets.redactor());
        return Map.entry(spans, records);
    }

    static RefreshingSecrets micrometer(
            List<SecretProvider> chain, SecretDeclarations declarations, MeterRegistry registry) {
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(chain)
                .listener(new ResolutionMetrics(registry))
                .build();
        RefreshingSecrets secrets = resolver.refreshing(declarations, Duration.ofMinutes(1));
        new SecretMetrics(secrets).bindTo(registry);
        return secrets;
    }

    static SecretsResolver flightRecorder(List<SecretProvider> chain) {
        SecretsResolver resolver = SecretsResolver.builder()
                .providers(chain)
                .listener(ResolutionRecorder.create())
                .build();
        return resolver;
    }
}
