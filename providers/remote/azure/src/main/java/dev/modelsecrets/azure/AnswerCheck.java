package dev.modelsecrets.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bodies from the client library that it could not parse, because it logs such a body, value and all.
 *
 * <p>Thread-safe.
 */
final class AnswerCheck extends HttpPipelineSyncPolicy {

    private static final Map<String, Class<?>> BUNDLE = Map.of(
            "value", String.class,
            "id", String.class,
            "contentType", String.class,
            "kid", String.class,
            "previousVersion", String.class,
            "managed", Boolean.class,
            "attributes", Map.class,
            "tags", Map.class);
    private static final Map<String, Class<?>> ATTRIBUTES = Map.of(
            "enabled", Boolean.class,
            "nbf", Long.class,
            "exp", Long.class,
            "created", Long.class,
            "updated", Long.class,
            "recoverableDays", Integer.class,
            "recoveryLevel", String.class);

    /** Reports an answer that does not come from Key Vault. */
    static final class UnreadableAnswerException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        final transient HttpResponse response;

        private UnreadableAnswerException(HttpResponse response) {
            super("status " + response.getStatusCode() + " with a body that is not Key Vault's");
            this.response = response;
        }
    }

    /** The JDK's client sets the length itself, and each request that has one is worth a WARN to the adapter. */
    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        HttpRequest request = context.getHttpRequest();
        if (request.getHttpMethod() == HttpMethod.GET) {
            request.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        }
    }

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
        int status = response.getStatusCode();
        boolean challenge =
                status == 401 && context.getHttpRequest().getHeaders().get(HttpHeaderName.AUTHORIZATION) == null;
        if (challenge) {
            return response;
        }
        HttpResponse whole = response.buffer();
        byte[] body = whole.getBodyAsBinaryData().toBytes();
        Map<String, @Nullable Object> object = object(body);
        boolean readable = status == 200 ? object != null && isBundle(object) : object != null || body.length == 0;
        if (!readable) {
            throw new UnreadableAnswerException(whole);
        }
        return whole;
    }

    /** Returns what a body says; null if that is not one JSON object. */
    private static @Nullable Map<String, @Nullable Object> object(byte[] body) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            reader.nextToken();
            return reader.readMap(JsonReader::readUntyped);
        } catch (IOException | IllegalStateException e) {
            return null;
        }
    }

    /** Tells whether what the client library reads of a secret has the types that it wants. */
    private static boolean isBundle(Map<String, @Nullable Object> object) {
        return areOf(BUNDLE, object)
                && (!(object.get("attributes") instanceof Map<?, ?> attributes)
                        || (areOf(ATTRIBUTES, attributes) && attributes.get("enabled") != null))
                && (!(object.get("tags") instanceof Map<?, ?> tags)
                        || tags.values().stream().allMatch(tag -> isOf(String.class, tag)));
    }

    private static boolean areOf(Map<String, Class<?>> types, Map<?, ?> object) {
        return types.entrySet().stream().allMatch(field -> isOf(field.getValue(), object.get(field.getKey())));
    }

    private static boolean isOf(Class<?> type, @Nullable Object value) {
        return value == null || type.isInstance(value) || (type == Long.class && value instanceof Integer);
    }
}
