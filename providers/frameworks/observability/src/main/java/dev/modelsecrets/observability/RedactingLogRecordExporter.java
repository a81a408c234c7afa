package dev.modelsecrets.observability;

import dev.modelsecrets.Redactor;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;
import java.util.function.UnaryOperator;

/**
 * Redacts log records before another exporter sends them: by value, in body, attributes, event name and resource.
 *
 * <pre>{@code
 * LogRecordExporter exporter =
 *         RedactingLogRecordExporter.around(OtlpGrpcLogRecordExporter.getDefault(), secrets.redactor());
 * }</pre>
 *
 * <p>A record whose redaction fails is sent with its time and severity only, and a body that says so. Thread-safe.
 */
public final class RedactingLogRecordExporter implements LogRecordExporter {

    private final LogRecordExporter exporter;
    private final RedactedValues values;

    private RedactingLogRecordExporter(LogRecordExporter exporter, UnaryOperator<String> redaction) {
        this.exporter = exporter;
        this.values = new RedactedValues(redaction);
    }

    /**
     * Returns an exporter that redacts.
     *
     * @param exporter what sends the records; shut down with the returned one
     * @param redactor knows the secrets
     * @return the exporter
     */
    public static RedactingLogRecordExporter around(LogRecordExporter exporter, Redactor redactor) {
        return around(exporter, redactor::redact);
    }

    static RedactingLogRecordExporter around(LogRecordExporter exporter, UnaryOperator<String> redaction) {
        return new RedactingLogRecordExporter(exporter, redaction);
    }

    @Override
    public CompletableResultCode export(Collection<LogRecordData> records) {
        return exporter.export(records.stream()
                .map(event -> RedactedLogRecord.of(event, values))
                .toList());
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
        return "RedactingLogRecordExporter{" + exporter + "}";
    }
}
