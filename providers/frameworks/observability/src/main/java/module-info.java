/**
 * OpenTelemetry exporters that redact, meters for Micrometer, and events for Flight Recorder.
 *
 * <p>Start at {@link dev.modelsecrets.observability.RedactingSpanExporter} or {@link
 * dev.modelsecrets.observability.SecretMetrics}.
 */
@SuppressWarnings("requires-automatic") // They have names, but no module-info.
module dev.modelsecrets.observability {
    requires transitive dev.modelsecrets.core;
    requires static io.opentelemetry.api;
    requires static io.opentelemetry.sdk.common;
    requires static io.opentelemetry.sdk.logs;
    requires static io.opentelemetry.sdk.trace;
    requires static jdk.jfr;
    requires static micrometer.core;
    requires static org.jspecify;

    exports dev.modelsecrets.observability;
}
