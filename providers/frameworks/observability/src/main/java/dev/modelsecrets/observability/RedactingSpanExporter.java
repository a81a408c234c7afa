package dev.modelsecrets.observability;

import dev.modelsecrets.Redactor;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * Redacts spans before another exporter sends them: by value, in names, attributes, events, links, status and resource.
 *
 * <pre>{@code
 * SpanExporter exporter = RedactingSpanExporter.around(OtlpGrpcSpanExporter.getDefault(), secrets.redactor());
 * }</pre>
 *
 * <p>An event of an exception keeps its attributes, and loses the exception itself. A span whose redaction fails is
 * sent with its times and identifiers only, under a name that says so. Thread-safe.
 */
public final class RedactingSpanExporter implements SpanExporter {

    private final SpanExporter exporter;
    private final RedactedValues values;

    private RedactingSpanExporter(SpanExporter exporter, UnaryOperator<String> redaction) {
        this.exporter = exporter;
        this.values = new RedactedValues(redaction);
    }

    /**
     * Returns an exporter that redacts.
     *
     * @param exporter what sends the spans; shut down with the returned one
     * @param redactor knows the secrets
     * @return the exporter
     */
    public static RedactingSpanExporter around(SpanExporter exporter, Redactor redactor) {
        return around(exporter, redactor::redact);
    }

    static RedactingSpanExporter around(SpanExporter exporter, UnaryOperator<String> redaction) {
        return new RedactingSpanExporter(exporter, redaction);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(
                spans.stream().map(span -> RedactedSpan.of(span, values)).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public String toString() {
        return "RedactingSpanExporter{" + exporter + "}";
    }
}
