package dev.modelsecrets.logging;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Looks for values in a text as a curious reader would: decoding what looks encoded. Knows nothing of the redactor. */
final class LeakFinder {

    private static final Pattern JSON_ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)", Pattern.DOTALL);
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{12,}");

    private LeakFinder() {}

    static boolean findsAny(List<String> values, String text) {
        String once = unescaped(text);
        String twice = unescaped(once);
        List<String> views = List.of(text, once, twice, unescaped(twice), unescaped(unescaped(twice)), markup(text));
        for (String view : views) {
            String percent = percentDecoded(view);
            for (String value : values) {
                if (view.contains(value)
                        || percent.contains(value)
                        || markup(view).contains(value)) {
                    return true;
                }
            }
            for (String decoded : base64Decoded(view)) {
                if (values.stream().anyMatch(decoded::contains)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String unescaped(String text) {
        return JSON_ESCAPE
                .matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(character(match)));
    }

    private static String character(MatchResult match) {
        String escape = match.group(1);
        return switch (escape.charAt(0)) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'u' ->
                escape.length() == 5 ? String.valueOf((char) Integer.parseInt(escape.substring(1), 16)) : escape;
            default -> escape;
        };
    }

    private static String markup(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String percentDecoded(String text) {
        // Where a percent sign stands for itself nothing is decoded.
        String valid = text.replaceAll("%(?![0-9a-fA-F]{2})", "%25");
        return URLDecoder.decode(valid, StandardCharsets.UTF_8);
    }

    private static List<String> base64Decoded(String text) {
        return BASE64.matcher(text)
                .results()
                .flatMap(match -> java.util.stream.IntStream.range(0, 4)
                        .mapToObj(start -> match.group().substring(start)))
                .map(LeakFinder::decoded)
                .toList();
    }

    private static String decoded(String base64) {
        String standard = base64.replace('-', '+').replace('_', '/');
        String whole = standard.substring(0, standard.length() / 4 * 4);
        return new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
    }
}
