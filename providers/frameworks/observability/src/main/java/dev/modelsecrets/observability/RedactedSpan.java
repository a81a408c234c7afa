package dev.modelsecrets.observability;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** A span without secrets, or what is left of one that could not be redacted. */
final class RedactedSpan extends DelegatingSpanData {

    private final String name;
    private final Attributes attributes;
    private final List<EventData> events;
    private final List<LinkData> links;
    private final StatusData status;
    private final Resource resource;

    private RedactedSpan(SpanData span, RedactedValues values) {
        super(span);
        name = values.text(span.getName());
        attributes = values.attributes(span.getAttributes());
        events = span.getEvents().stream()
                .map(event -> EventData.create(
                        event.getEpochNanos(),
                        values.text(event.getName()),
                        values.attributes(event.getAttributes()),
                        event.getTotalAttributeCount()))
                .toList();
        links = span.getLinks().stream()
                .map(link -> LinkData.create(
                        link.getSpanContext(), values.attributes(link.getAttributes()), link.getTotalAttributeCount()))
                .toList();
        StatusData former = span.getStatus();
        status = StatusData.create(former.getStatusCode(), values.text(former.getDescription()));
        resource = values.resource(span.getResource());
    }

    private RedactedSpan(SpanData span, Throwable failure) {
        super(span);
        name = "withheld: its redaction failed with " + failure.getClass().getName();
        attributes = Attributes.empty();
        events = List.of();
        links = List.of();
        status = StatusData.create(span.getStatus().getStatusCode(), "");
        resource = Resource.empty();
    }

    static SpanData of(SpanData span, RedactedValues values) {
        try {
            return new RedactedSpan(span, values);
        } catch (Throwable e) {
            // Whatever it is, the span must neither be lost nor be sent as it is.
            return new RedactedSpan(span, e);
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public List<LinkData> getLinks() {
        return links;
    }

    @Override
    public StatusData getStatus() {
        return status;
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
