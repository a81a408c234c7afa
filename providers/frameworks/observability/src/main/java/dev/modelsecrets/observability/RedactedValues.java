package dev.modelsecrets.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.function.UnaryOperator;

/** Redacts the values that OpenTelemetry's data are made of. */
final class RedactedValues {

    private final UnaryOperator<String> redaction;

    RedactedValues(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    String text(String text) {
        return redaction.apply(text);
    }

    Resource resource(Resource resource) {
        return Resource.create(attributes(resource.getAttributes()), resource.getSchemaUrl());
    }

    @SuppressWarnings("unchecked")
    Attributes attributes(Attributes attributes) {
        AttributesBuilder redacted = Attributes.builder();
        attributes.forEach((key, value) -> {
            String name = text(key.getKey());
            switch (key.getType()) {
                case STRING -> redacted.put(AttributeKey.stringKey(name), text((String) value));
                case STRING_ARRAY ->
                    redacted.put(
                            AttributeKey.stringArrayKey(name),
                            ((List<String>) value).stream().map(this::text).toList());
                case VALUE -> redacted.put(AttributeKey.valueKey(name), value((Value<?>) value));
                default -> {
                    if (name.equals(key.getKey())) {
                        redacted.put((AttributeKey<Object>) key, value);
                    } else {
                        redacted.put(AttributeKey.stringKey(name), text(value.toString()));
                    }
                }
            }
        });
        return redacted.build();
    }

    @SuppressWarnings("unchecked")
    Value<?> value(Value<?> value) {
        return switch (value.getType()) {
            case STRING -> Value.of(text((String) value.getValue()));
            case ARRAY ->
                Value.of(((List<Value<?>>) value.getValue())
                        .stream().<Value<?>>map(this::value).toList());
            case KEY_VALUE_LIST ->
                Value.of(((List<KeyValue>) value.getValue())
                        .stream()
                                .map(pair -> KeyValue.of(text(pair.getKey()), value(pair.getValue())))
                                .toArray(KeyValue[]::new));
            default -> value;
        };
    }
}
