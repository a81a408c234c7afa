package dev.modelsecrets.observability;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import org.jspecify.annotations.Nullable;

/** A log record without secrets, or what is left of one that could not be redacted. */
final class RedactedLogRecord implements LogRecordData {

    private final LogRecordData event;
    private final @Nullable Value<?> body;
    private final Attributes attributes;
    private final @Nullable String severityText;
    private final @Nullable String eventName;
    private final Resource resource;

    private RedactedLogRecord(LogRecordData event, RedactedValues values) {
        this.event = event;
        body = event.getBodyValue() == null ? null : values.value(event.getBodyValue());
        attributes = values.attributes(event.getAttributes());
        severityText = event.getSeverityText() == null ? null : values.text(event.getSeverityText());
        eventName = event.getEventName() == null ? null : values.text(event.getEventName());
        resource = values.resource(event.getResource());
    }

    private RedactedLogRecord(LogRecordData event, Throwable failure) {
        this.event = event;
        body = Value.of("This event was withheld: its redaction failed with "
                + failure.getClass().getName());
        attributes = Attributes.empty();
        severityText = null;
        eventName = null;
        resource = Resource.empty();
    }

    static LogRecordData of(LogRecordData event, RedactedValues values) {
        try {
            return new RedactedLogRecord(event, values);
        } catch (Throwable e) {
            // Whatever it is, the record must neither be lost nor be sent as it is.
            return new RedactedLogRecord(event, e);
        }
    }

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return event.getInstrumentationScopeInfo();
    }

    @Override
    public long getTimestampEpochNanos() {
        return event.getTimestampEpochNanos();
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return event.getObservedTimestampEpochNanos();
    }

    @Override
    public SpanContext getSpanContext() {
        return event.getSpanContext();
    }

    @Override
    public Severity getSeverity() {
        return event.getSeverity();
    }

    @Override
    public @Nullable String getSeverityText() {
        return severityText;
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation") // The interface still asks for it.
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return body == null
                ? io.opentelemetry.sdk.logs.data.Body.empty()
                : io.opentelemetry.sdk.logs.data.Body.string(body.asString());
    }

    @Override
    public @Nullable Value<?> getBodyValue() {
        return body;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return event.getTotalAttributeCount();
    }

    @Override
    public @Nullable String getEventName() {
        return eventName;
    }
}
