package dev.modelsecrets;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** The ways in which writers put a value into text. */
final class Encoders {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Encoders() {}

    /** Returns encoders by name. */
    static Map<String, UnaryOperator<String>> all() {
        Map<String, UnaryOperator<String>> all = new LinkedHashMap<>(simple());
        all.put("JSON in JSON", value -> json(json(value)));
        all.put("JSON in JSON, ASCII", value -> asciiJson(asciiJson(value)));
        all.put("Gson in JSON", value -> json(unicode(value, c -> "<>&='\"\\".indexOf(c) >= 0, "\\u%04x")));
        all.put("URL in JSON", value -> json(urlEncoder(value)));
        all.put("JSON in URL", value -> urlEncoder(json(value)));
        all.put("JSON in XML", value -> xml(json(value)));
        all.put("percent in percent", value -> urlEncoder(urlEncoder(value)));
        all.put("SQL in JSON", value -> json(value.replace("'", "''")));
        all.put("shell in JSON", value -> json(singleQuoted(value)));
        all.put("MIME base64 in JSON", value -> json(mime(value)));
        all.put("MIME base64 in a URL", value -> urlEncoder(mime(value)));
        all.put("base64 in a URL", value -> urlEncoder(base64("user:" + value)));
        return all;
    }

    private static Map<String, UnaryOperator<String>> simple() {
        Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
        all.put("as it is", value -> value);
        all.put("URLEncoder", Encoders::urlEncoder);
        all.put("URI's password", value -> uri("https", "user:" + value, "/"));
        all.put("URI's path", value -> uri("https", null, "/" + value));
        all.put(
                "URI's ASCII form",
                value -> URI.create(uri("https", null, "/" + value)).toASCIIString());
        all.put("percent, all", value -> percent(value, c -> true, "%%%02X"));
        all.put("percent, lower case", value -> percent(value, c -> !Character.isLetterOrDigit(c), "%%%02x"));
        all.put("percent, every third", value -> percent(value, c -> c % 3 == 0 || c > '~' || c == '%', "%%%02X"));
        all.put(
                "encodeURIComponent",
                value -> urlEncoder(value).replace("+", "%20").replace("%21", "!"));
        all.put("Jackson", Encoders::json);
        all.put("Jackson, ASCII", Encoders::asciiJson);
        all.put("Gson", value -> unicode(value, c -> "<>&='\"\\".indexOf(c) >= 0, "\\u%04x"));
        all.put("PHP", value -> asciiJson(value).replace("/", "\\/"));
        all.put("unicode, all", value -> unicode(value, c -> true, "\\u%04X"));
        all.put(
                "Python's repr",
                value -> unicode(value.replace("\\", "\\\\").replace("'", "\\'"), c -> c > '~', "\\u%04x"));
        all.put("Python's bytes", value -> hexEscaped(value));
        all.put("octal escapes", value -> octalEscaped(value));
        all.put("XML", Encoders::xml);
        all.put("XML, numbers", value -> entities(value, "&#%d;"));
        all.put("XML, hex numbers", value -> entities(value, "&#x%X;"));
        all.put("HTML", value -> html(value));
        all.put(".properties", Encoders::properties);
        all.put("single quotes", Encoders::singleQuoted);
        all.put("single and double quotes", value -> "'" + value.replace("'", "'\"'\"'") + "'");
        all.put("double quotes", value -> "\"" + value.replaceAll("([\\\\\"$`])", "\\\\$1") + "\"");
        all.put("backslashes", value -> value.replaceAll("([^\\p{Alnum}])", "\\\\$1"));
        all.put("SQL", value -> "'" + value.replace("'", "''") + "'");
        all.put("YAML, folded", Encoders::foldedYaml);
        all.put("YAML, folded at spaces", value -> "password: >-\n" + foldedAtSpaces(value, "    "));
        all.put("YAML, folded in single quotes", value -> "- '" + foldedAtSpaces(value.replace("'", "''"), "  ") + "'");
        all.put("CSV", value -> "\"" + value.replace("\"", "\"\"") + "\"");
        all.put("base64", Encoders::base64);
        all.put("base64 of user:value", value -> base64("user:" + value));
        all.put("base64 of more", value -> base64("ab" + value + "c"));
        all.put("base64, URL", value -> Base64.getUrlEncoder().encodeToString(utf8("x:" + value + "?")));
        all.put("MIME base64", Encoders::mime);
        all.put("hex", value -> HexFormat.of().formatHex(utf8(value)));
        all.put("hex, upper case", value -> HexFormat.of().withUpperCase().formatHex(utf8("=" + value)));
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(utf8(text));
    }

    /** In lines, with so much before the value that it often has a line break inside. */
    private static String mime(String value) {
        return Base64.getMimeEncoder()
                .encodeToString(utf8("x".repeat(30 + value.length() % 20) + value + "y".repeat(40)));
    }

    private static String urlEncoder(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String uri(String scheme, String userInfo, String path) {
        try {
            return new URI(scheme, userInfo, "example.com", -1, path, null, null).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String json(String value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String asciiJson(String value) {
        return unicode(json(value), c -> c > '~', "\\u%04X");
    }

    private static String xml(String value) {
        return "<a password=\""
                + value.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                + "\"/>";
    }

    private static String html(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("ä", "&auml;")
                .replace("ß", "&szlig;");
    }

    private static String properties(String value) {
        Properties properties = new Properties();
        properties.setProperty("password", value);
        StringWriter target = new StringWriter();
        try {
            properties.store(target, null);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        return target.toString();
    }

    /** In double quotes, cut into lines of 15 characters. */
    private static String foldedYaml(String value) {
        StringBuilder yaml = new StringBuilder("password: \"");
        int[] characters = value.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            boolean folds = i > 0 && i % 15 == 0;
            yaml.append(folds ? "\\\n    " : "");
            boolean escaped = characters[i] == '\\' || characters[i] == '"' || (folds && characters[i] == ' ');
            yaml.append(escaped ? "\\" : "").appendCodePoint(characters[i]);
        }
        return yaml.append('"').toString();
    }

    /** With a line break in place of each space between two words. */
    private static String foldedAtSpaces(String value, String indentation) {
        return indentation + value.replaceAll("(?<=\\S) (?=\\S)", "\n" + indentation);
    }

    private static String singleQuoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    private static String percent(String value, IntPredicate escaped, String format) {
        StringBuilder text = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (escaped.test(c)) {
                for (byte b : utf8(Character.toString(c))) {
                    text.append(String.format(format, b & 0xFF));
                }
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    private static String unicode(String value, IntPredicate escaped, String format) {
        StringBuilder text = new StringBuilder();
        value.chars().forEach(c -> text.append(escaped.test(c) ? String.format(format, c) : (char) c));
        return text.toString();
    }

    private static String entities(String value, String format) {
        StringBuilder text = new StringBuilder();
        value.codePoints()
                .forEach(c -> text.append(
                        Character.isLetterOrDigit(c) && c < 0x80 ? Character.toString(c) : String.format(format, c)));
        return text.toString();
    }

    private static String hexEscaped(String value) {
        return percent(value.replace("\\", "\\\\"), c -> c > '~', "\\x%02x");
    }

    private static String octalEscaped(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : utf8(value.replace("\\", "\\\\"))) {
            text.append(b < 0 ? "\\" + Integer.toOctalString(b & 0xFF) : String.valueOf((char) b));
        }
        return text.toString();
    }
}
