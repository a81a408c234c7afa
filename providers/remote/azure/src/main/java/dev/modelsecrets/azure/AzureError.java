package dev.modelsecrets.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The codes of an error body: {@code {"error": {"code", "message", "innererror": {"code"}}}}. Immutable. */
final class AzureError {

    static final AzureError NONE = new AzureError(List.of(), false);

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Pattern NOT_FOUND = Pattern.compile("not (be )?f(ou|i)nd", Pattern.CASE_INSENSITIVE);

    private final List<String> codes;
    private final boolean notFound;

    private AzureError(List<String> codes, boolean notFound) {
        this.codes = codes;
        this.notFound = notFound;
    }

    /**
     * Reads an error body.
     *
     * @param body what the client library made of its JSON
     */
    static AzureError of(@Nullable Object body) {
        Object error = body instanceof Map<?, ?> object && object.containsKey("error") ? object.get("error") : body;
        if (!(error instanceof Map<?, ?> fields)) {
            return NONE;
        }
        List<String> codes = new ArrayList<>();
        addCode(fields, codes);
        if (fields.get("innererror") instanceof Map<?, ?> inner) {
            addCode(inner, codes);
        }
        boolean notFound = fields.get("message") instanceof String message
                && NOT_FOUND.matcher(message).find();
        return new AzureError(codes, notFound);
    }

    private static void addCode(Map<?, ?> error, List<String> codes) {
        if (error.get("code") instanceof String code && CODE.matcher(code).matches()) {
            codes.add(code);
        }
    }

    boolean is(String code) {
        return codes.contains(code);
    }

    /** Tells whether the message speaks of something not found, as test doubles have no code for it. */
    boolean saysNotFound() {
        return notFound;
    }

    /** Returns the most exact code in brackets, after a space; nothing if there is none. */
    @Override
    public String toString() {
        return codes.isEmpty() ? "" : " (" + codes.get(codes.size() - 1) + ")";
    }
}
