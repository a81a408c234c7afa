package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value put together from others by a template. */
final class Composition {

    private static final Pattern PART = Pattern.compile("\\{([-._a-zA-Z0-9]+)(:url)?}");

    private final String template;
    private final Set<String> parts;

    private Composition(String template, Set<String> parts) {
        this.template = template;
        this.parts = parts;
    }

    static Composition of(String name, String template) {
        Set<String> parts = new LinkedHashSet<>();
        PART.matcher(template).results().forEach(part -> parts.add(SecretDeclarations.checkName(part.group(1))));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("the template of " + name + " names no secret in braces");
        }
        if (parts.contains(name)) {
            throw new IllegalArgumentException("the secret " + name + " cannot be a part of itself");
        }
        return new Composition(template, parts);
    }

    Set<String> parts() {
        return parts;
    }

    /** Puts the value together from the answers to the same question, so that every part is known to who asked. */
    Lookup compose(Map<String, Lookup> answers) {
        @Nullable Lookup absent = null;
        @Nullable Instant firstEnd = null;
        for (String part : parts) {
            Lookup answer = answers.get(part);
            if (answer == null) {
                return Lookup.failed(
                        "is composed of " + part + ", which is not asked for here: declare it too, and let this"
                                + " provider have it, so that a redactor knows it");
            }
            if (answer.isDenied()) {
                return Lookup.denied("is composed of " + part + ": " + answer.problem());
            }
            if (answer.isFailed()) {
                return Lookup.failed("is composed of " + part + ": " + answer.problem());
            }
            if (answer.isAbsent() && absent == null) {
                absent = Lookup.absent(() -> "is composed of " + part + ": " + answer.reason());
            }
            Instant end = answer.expiresAt().orElse(null);
            firstEnd = firstEnd == null || (end != null && end.isBefore(firstEnd)) ? end : firstEnd;
        }
        if (absent != null) {
            return absent;
        }
        String value = PART.matcher(template)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(2) == null
                                ? value(answers, part.group(1))
                                : encoded(value(answers, part.group(1)))));
        String place = "composed of " + String.join(", ", parts);
        return firstEnd == null ? Lookup.found(value, place) : Lookup.found(value, place, firstEnd);
    }

    private static String value(Map<String, Lookup> answers, String part) {
        return Objects.requireNonNull(answers.get(part)).value();
    }

    /** Percent-encodes all but the unreserved characters of RFC 3986. */
    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }
}
