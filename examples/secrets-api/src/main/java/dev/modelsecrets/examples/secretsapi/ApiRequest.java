package dev.modelsecrets.examples.secretsapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, without its body.
 *
 * @param caller who asks
 * @param method the HTTP method; GET for HEAD
 * @param path the parts of the path, without a last empty one
 * @param query the query parameters, each once
 * @param headers the headers
 */
record ApiRequest(Caller caller, String method, List<String> path, Map<String, String> query, HttpFields headers) {

    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,18})\"");

    static ApiRequest of(Caller caller, Request request) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        List<String> path =
                List.of(Request.getPathInContext(request).substring(1).split("/", -1));
        boolean slash = path.size() > 1 && path.get(path.size() - 1).isEmpty();
        return new ApiRequest(
                caller, method, slash ? path.subList(0, path.size() - 1) : path, query(request), request.getHeaders());
    }

    private static Map<String, String> query(Request request) {
        Fields fields;
        try {
            fields = Request.extractQueryParameters(request);
        } catch (RuntimeException e) {
            throw new RefusedRequestException(400, "the query is not valid");
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (Fields.Field field : fields) {
            if (field.hasMultipleValues()) {
                throw new RefusedRequestException(400, "a query parameter stands there twice");
            }
            query.put(field.getName(), field.getValue());
        }
        return query;
    }

    /** Tells whether a body is read: where one may be expected, and where one that is not looked at would mislead. */
    boolean hasBody() {
        return switch (method) {
            case "POST", "PUT", "PATCH" -> true;
            case "DELETE" ->
                headers.contains(HttpHeader.TRANSFER_ENCODING) || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
            default -> false;
        };
    }

    /** Refuses what is not one of these parameters, rather than to do something else than was asked for. */
    void allowParameters(String... names) {
        if (!Set.of(names).containsAll(query.keySet())) {
            throw new RefusedRequestException(
                    400,
                    names.length == 0
                            ? "this path has no query parameters"
                            : "the query parameters of this path are " + String.join(", ", names));
        }
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    boolean flag(String name) {
        String value = parameter(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new RefusedRequestException(400, "the query parameter " + name + " is true or false");
        }
        return value.equals("true");
    }

    void require(Role role) {
        if (!caller.role().includes(role)) {
            throw new RefusedRequestException(
                    403, "the token may " + caller.role().id() + ", and this needs one that may " + role.id());
        }
    }

    private @Nullable String header(HttpHeader name) {
        List<String> values = headers.getValuesList(name);
        if (values.size() > 1) {
            throw new RefusedRequestException(400, name.asString() + " stands there twice");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    void requireJson() {
        String type = header(HttpHeader.CONTENT_TYPE);
        if (type != null
                && !type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?")) {
            throw new RefusedRequestException(415, "the body has to be application/json");
        }
    }

    /** Returns the version that a change is based on, as the header {@code ETag} of an earlier answer told it. */
    OptionalLong expectedVersion() {
        String header = header(HttpHeader.IF_MATCH);
        if (header == null) {
            return OptionalLong.empty();
        }
        Matcher version = VERSION.matcher(header.strip());
        if (!version.matches()) {
            throw new RefusedRequestException(400, "If-Match has to be one version in quotes, as ETag told it");
        }
        return OptionalLong.of(Long.parseLong(version.group(1)));
    }

    /** Refuses preconditions, rather than to do what was asked for under them only. */
    void refuse(HttpHeader... preconditions) {
        for (HttpHeader precondition : preconditions) {
            if (headers.contains(precondition)) {
                throw new RefusedRequestException(400, precondition.asString() + " is not possible here");
            }
        }
    }

    /** Tells whether the secret has to be a new one: {@code If-None-Match: *}. */
    boolean onlyIfNew() {
        String header = header(HttpHeader.IF_NONE_MATCH);
        if (header != null && !header.strip().equals("*")) {
            throw new RefusedRequestException(400, "If-None-Match can only be *");
        }
        return header != null;
    }
}
