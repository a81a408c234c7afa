package dev.modelsecrets.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Secrets;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.ExceptionEventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What OpenTelemetry's exporters send. */
class ExportersTest {

    private static final String VALUE = "test-token/one+two=three";
    private static final UnaryOperator<String> REDACTION =
            Secrets.of(Map.of("hf_token", VALUE)).redactor()::redact;
    private static final Resource RESOURCE = Resource.create(
            Attributes.of(AttributeKey.stringArrayKey("process.command_args"), List.of("--token", VALUE)));

    @Test
    void span_withSecretsEverywhere_isSentWithoutThem() {
        SpanData span = export(REDACTION);

        assertThat(span.getName()).isEqualTo("GET [secret:hf_token]");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("url"))).isEqualTo("/?token=[secret:hf_token]");
        assertThat(span.getAttributes().get(AttributeKey.longKey("size"))).isEqualTo(12);
        assertThat(span.getEvents()).hasSize(2).noneMatch(ExceptionEventData.class::isInstance);
        assertThat(span.getEvents().get(1).getAttributes().get(AttributeKey.stringKey("exception.message")))
                .isEqualTo("refused [secret:hf_token]");
        assertThat(span.getStatus().getDescription()).isEqualTo("failed [secret:hf_token]");
        assertThat(span.getResource().getAttributes().toString()).contains("[secret:hf_token]");
        assertThat(everything(span)).doesNotContain(VALUE);
        assertThat(span.hasEnded()).isTrue();
    }

    @Test
    void span_whoseRedactionFails_isSentWithoutWhatItSaid() {
        SpanData span = export(ExportersTest::fail);

        assertThat(span.getName()).isEqualTo("withheld: its redaction failed with java.lang.StackOverflowError");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(everything(span)).doesNotContain(VALUE);
    }

    @Test
    void logRecord_withSecretsEverywhere_isSentWithoutThem() {
        LogRecordData event = exportLog(REDACTION);

        assertThat(event.getBodyValue().asString()).contains("[secret:hf_token]", "42");
        assertThat(event.getEventName()).isEqualTo("event [secret:hf_token]");
        assertThat(event.getSeverityText()).isEqualTo("[secret:hf_token]");
        assertThat(event.getSeverity()).isEqualTo(Severity.ERROR);
        assertThat(everything(event)).doesNotContain(VALUE);
    }

    @Test
    void logRecord_whoseRedactionFails_isSentWithoutWhatItSaid() {
        LogRecordData event = exportLog(ExportersTest::fail);

        assertThat(event.getBodyValue().asString())
                .isEqualTo("This event was withheld: its redaction failed with java.lang.StackOverflowError");
        assertThat(everything(event)).doesNotContain(VALUE);
    }

    private static String fail(String text) {
        throw new StackOverflowError(text);
    }

    private static SpanData export(UnaryOperator<String> redaction) {
        InMemorySpanExporter memory = InMemorySpanExporter.create();
        SpanExporter exporter = RedactingSpanExporter.around(memory, redaction);
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(RESOURCE)
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
            SpanContext linked = SpanContext.create(
                    "0123456789abcdef0123456789abcdef",
                    "0123456789abcdef",
                    TraceFlags.getSampled(),
                    TraceState.getDefault());
            Span span = provider.get("test")
                    .spanBuilder("GET " + VALUE)
                    .addLink(linked, Attributes.of(AttributeKey.stringKey("link"), VALUE))
                    .startSpan();
            span.setAttribute("url", "/?token=" + VALUE);
            span.setAttribute("size", 12L);
            span.setAttribute(AttributeKey.stringArrayKey("headers"), List.of("Authorization: Bearer " + VALUE));
            span.setAttribute(VALUE, true);
            span.addEvent("event " + VALUE, Attributes.of(AttributeKey.stringKey("event"), VALUE));
            span.recordException(new IllegalStateException("refused " + VALUE));
            span.setStatus(StatusCode.ERROR, "failed " + VALUE);
            span.end();
            provider.forceFlush();
            return memory.getFinishedSpanItems().get(0);
        }
    }

    private static LogRecordData exportLog(UnaryOperator<String> redaction) {
        InMemoryLogRecordExporter memory = InMemoryLogRecordExporter.create();
        LogRecordExporter exporter = RedactingLogRecordExporter.around(memory, redaction);
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(RESOURCE)
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                .build()) {
            provider.get("test")
                    .logRecordBuilder()
                    .setBody(Value.of(
                            KeyValue.of("text", Value.of("token " + VALUE)),
                            KeyValue.of("list", Value.of(Value.of(VALUE), Value.of(42L)))))
                    .setAttribute(AttributeKey.stringKey("header"), "Bearer " + VALUE)
                    .setSeverity(Severity.ERROR)
                    .setSeverityText(VALUE)
                    .setEventName("event " + VALUE)
                    .emit();
            provider.forceFlush();
            return memory.getFinishedLogRecordItems().get(0);
        }
    }

    private static String everything(SpanData span) {
        return span.getName()
                + span.getAttributes()
                + span.getEvents()
                + span.getLinks()
                + span.getStatus()
                + span.getResource();
    }

    private static String everything(LogRecordData event) {
        return event.getBodyValue().asString()
                + event.getAttributes()
                + event.getSeverityText()
                + event.getEventName()
                + event.getResource();
    }
}
