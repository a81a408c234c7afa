package dev.modelsecrets.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule for what is secret inside a secret value. The value as a whole always is; a part of it is secret, too, if it
 * can turn up on its own and is not public:
 *
 * <ul>
 *   <li>JSON: its strings and numbers, except those of public fields; XML: the texts of its elements, by their names,
 *       and attributes as pairs;
 *   <li>PEM: each line between the armour lines, and all of a block together;
 *   <li>several lines: of {@code key = value} and {@code key: value} (the files of AWS and Docker, kubeconfig, {@code
 *       .env}) the values, except those of public fields; of {@code .netrc} and {@code .pgpass} the passwords; any
 *       other line as it stands, but not section headers and comments;
 *   <li>a URL or a data source name: the password, and with the user as in {@code user:password}; a user alone where
 *       HTTP has a token there; of the query what {@link FieldNames} or its look calls secret;
 *   <li>pairs in one line ({@code k=v;k=v}, {@code k=v k=v}, {@code k=v&k=v}): the same as in a query;
 *   <li>a header of HTTP, such as {@code Bearer v}: the token;
 *   <li>text in quotes: what it says without them;
 *   <li>text in base64 or percent-encoding: what it decodes to, and its parts.
 * </ul>
 *
 * <p>A field is public if {@link FieldNames} says so, or if its value is an e-mail address, a date, a URN, an ARN or
 * the path of a file and its name does not say that it is secret. A URL in a field is public up to its secret parts.
 * Parts of parts are found to a depth of 4.
 */
final class SecretParts {

    private static final int DEPTH = 4;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_EMAIL = 254;

    /** How long a value in quotes among pairs may be; each opening quote is looked for its closing one so far. */
    private static final int LONGEST_QUOTED = 1_024;

    private final int minimumLength;
    private final Set<String> parts = new LinkedHashSet<>();

    private SecretParts(int minimumLength) {
        this.minimumLength = minimumLength;
    }

    /**
     * Returns what is secret in a value.
     *
     * @param value the value of a secret
     * @param minimumLength parts with fewer characters are left out
     * @return the value and its parts; nothing if the value is too short
     */
    static Set<String> of(String value, int minimumLength) {
        SecretParts all = new SecretParts(minimumLength);
        all.add(value, 0);
        return all.parts;
    }

    private void add(String secret, int depth) {
        String text = secret.strip();
        if (text.isEmpty() || secret.length() < minimumLength || !parts.add(secret)) {
            return;
        }
        if (text.length() >= minimumLength) {
            parts.add(text);
        }
        if (depth < DEPTH) {
            for (String reading : withoutQuotes(text, "\"'")) {
                add(reading, depth + 1);
            }
            addPartsOf(text, depth + 1);
            addDecoded(text, depth + 1);
        }
    }

    private void addPartsOf(String text, int depth) {
        if (JsonFields.looksLikeJson(text)) {
            JsonFields.read(text, (name, value) -> addField(name, value, depth));
        } else if (text.startsWith("<") && text.endsWith(">")) {
            addElements(text.replace("<![CDATA[", "").replace("]]>", ""), depth);
        } else if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            addLines(text, depth);
        } else if (isUrl(text)) {
            addUrl(text, depth);
        } else {
            addLine(text, depth);
        }
    }

    private void addElements(String text, int depth) {
        Matcher element = Patterns.ELEMENT.matcher(text);
        while (element.find()) {
            if (element.group(2) != null) {
                addPairsBetweenSpaces(element.group(2), depth);
            }
            String value = element.group(3).strip();
            addField(element.group(1), DecodedText.of(value).decoded(new EntityDecoder(), true).text, depth);
        }
    }

    private void addField(String name, String value, int depth) {
        if (isUrl(value)) {
            addUrl(value, depth);
        } else if (FieldNames.isSecret(name) || !isPublic(name, value)) {
            add(value, depth);
        }
    }

    private static boolean isPublic(String name, String value) {
        return FieldNames.isPublic(name)
                || (value.length() <= LONGEST_EMAIL
                        && Patterns.EMAIL.matcher(value).matches())
                || Patterns.DATE.matcher(value).matches()
                || Patterns.IDENTIFIER.matcher(value).matches()
                || (FieldNames.isFile(name) && Patterns.PATH.matcher(value).matches());
    }

    // Several lines

    private void addLines(String text, int depth) {
        Matcher block = Patterns.PEM_BLOCK.matcher(text);
        while (block.find()) {
            add(withoutWhiteSpace(block.group(1)), DEPTH);
        }
        if (text.startsWith("machine ") || text.startsWith("default ")) {
            addNetrc(text, depth);
            return;
        }
        String[] lines = Patterns.LINE_BREAK.split(text, -1);
        if (Arrays.stream(lines).allMatch(line -> line.length() < minimumLength)) {
            // No line is found on its own, so all of them together, whichever line breaks a writer puts.
            add(String.join("\n", lines), DEPTH);
            add(String.join("\r\n", lines), DEPTH);
        }
        for (String line : lines) {
            String stripped = line.strip();
            boolean armour = stripped.startsWith("-----BEGIN ") || stripped.startsWith("-----END ");
            boolean comment = stripped.startsWith("# ") || stripped.startsWith("; ");
            if (!armour && !comment && !Patterns.SECTION.matcher(stripped).matches()) {
                addOneOfLines(stripped, depth);
            }
        }
    }

    private void addOneOfLines(String line, int depth) {
        Matcher pair = Patterns.LINE_PAIR.matcher(line);
        if (pair.matches() && !isPadding(pair.group(3), line)) {
            for (String value : readings(pair.group(3), "\"'")) {
                addField(pair.group(2), value, depth);
            }
        } else {
            add(line, depth);
        }
    }

    /** Tells whether what looks like the value of a pair is the end of a line of base64. */
    private static boolean isPadding(String value, String line) {
        return (value.isEmpty() || value.equals("=")) && line.endsWith("=") && line.length() % 4 == 0;
    }

    /** Returns what a text may mean: what it says without its quotes, or the text itself if it has none. */
    private static List<String> readings(String text, String openings) {
        List<String> readings = withoutQuotes(text, openings);
        return readings.isEmpty() ? List.of(text) : readings;
    }

    /**
     * Returns what a text in quotes may say: as it stands between them, and with escapes and doubled quotes resolved.
     *
     * @param openings the quotes that count, braces among them
     */
    private static List<String> withoutQuotes(String text, String openings) {
        int last = text.length() - 1;
        if (last < 1 || openings.indexOf(text.charAt(0)) < 0 || text.charAt(last) != closing(text.charAt(0))) {
            return List.of();
        }
        List<String> readings = new ArrayList<>();
        String inner = text.substring(1, last);
        readings.add(inner);
        if (inner.indexOf('\\') >= 0) {
            readings.add(DecodedText.of(inner).decoded(new BackslashDecoder(), true).text);
        }
        String quote = text.substring(last);
        if (inner.contains(quote + quote)) {
            readings.add(inner.replace(quote + quote, quote));
        }
        return readings;
    }

    private static char closing(char opening) {
        return opening == '{' ? '}' : opening;
    }

    private void addNetrc(String text, int depth) {
        Matcher password = Patterns.NETRC_PASSWORD.matcher(text);
        while (password.find()) {
            add(password.group(1), depth);
        }
    }

    // One line

    private void addLine(String line, int depth) {
        if (line.indexOf(':') < 0 && line.indexOf(' ') < 0 && line.indexOf('\t') < 0) {
            addPairs(line, depth);
            return;
        }
        Matcher dataSource = Patterns.SCHEMELESS.matcher(line);
        Matcher oracle = Patterns.ORACLE.matcher(line);
        Matcher pgpass = Patterns.PGPASS.matcher(line);
        Matcher authorization = Patterns.AUTHORIZATION.matcher(line);
        if (dataSource.matches()) {
            add(dataSource.group(1), DEPTH);
            add(dataSource.group(2), depth);
        } else if (oracle.matches()) {
            add(oracle.group(1), depth);
        } else if (pgpass.matches()) {
            add(pgpass.group(1), depth);
        } else if (line.startsWith("machine ") || line.startsWith("default ")) {
            addNetrc(line, depth);
        } else if (authorization.matches()) {
            add(authorization.group(1), depth);
        } else if (line.contains("-----BEGIN ") && line.contains("\\n")) {
            add(line.replace("\\r", "").replace("\\n", "\n"), depth);
        } else {
            addPairs(line, depth);
        }
    }

    private void addPairs(String line, int depth) {
        if (line.indexOf(';') < 0) {
            addPairsBetweenSpaces(line, depth);
            return;
        }
        int start = 0;
        while (start < line.length()) {
            int end = endOfPair(line, start);
            String pair = line.substring(start, end);
            int equals = pair.indexOf('=');
            if (equals > 0
                    && Patterns.NAME.matcher(pair.substring(0, equals).strip()).matches()) {
                addPair(pair.substring(0, equals).strip(), pair.substring(equals + 1), depth);
            }
            if (equals >= 0 && pair.indexOf('=', equals + 1) >= 0) {
                // As in a configuration of JAAS: several pairs, and a semicolon at the end.
                addPairsBetweenSpaces(pair, depth);
            }
            start = end + 1;
        }
    }

    /** Returns where a pair ends that a semicolon follows, which the value may hold between quotes or in braces. */
    private static int endOfPair(String line, int start) {
        int end = indexOfAny(line, ";", start);
        int equals = line.substring(start, end).indexOf('=');
        if (equals >= 0) {
            int close = closingQuote(line, indexOfNot(line, " ", start + equals + 1), "\"'{");
            int after = indexOfNot(line, " ", close + 1);
            if (close >= 0 && (after == line.length() || line.charAt(after) == ';')) {
                return after;
            }
        }
        return end;
    }

    private void addPairsBetweenSpaces(String line, int depth) {
        int equals = line.indexOf('=');
        while (equals >= 0) {
            int start = indexOfNot(line, " ", equals + 1);
            int close = closingQuote(line, start, "\"'");
            int end = close < 0 ? indexOfAny(line, " \t&,", start) : close + 1;
            addPair(wordBefore(line, equals), line.substring(start, end), depth);
            equals = line.indexOf('=', Math.max(equals + 1, end));
        }
    }

    /** Returns where the quote is closed that opens at a position; -1 if none opens, or it stays open. */
    private static int closingQuote(String line, int open, String openings) {
        if (open >= line.length() || openings.indexOf(line.charAt(open)) < 0) {
            return -1;
        }
        char closing = closing(line.charAt(open));
        int limit = Math.min(line.length(), open + LONGEST_QUOTED);
        for (int i = open + 1; i < limit; i++) {
            char c = line.charAt(i);
            boolean doubled = c == closing && i + 1 < limit && line.charAt(i + 1) == closing;
            if (doubled || (c == '\\' && closing != '}')) {
                i++;
            } else if (c == closing) {
                return i;
            }
        }
        return -1;
    }

    private static String wordBefore(String line, int end) {
        int last = end;
        while (last > 0 && line.charAt(last - 1) == ' ') {
            last--;
        }
        int first = last;
        while (first > 0 && last - first < LONGEST_NAME && isNamePart(line.charAt(first - 1))) {
            first--;
        }
        return line.substring(first, last);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }

    private void addPair(String name, String value, int depth) {
        for (String text : readings(value.strip(), "\"'{")) {
            if (isUrl(text)) {
                addUrl(text, depth);
            } else if (FieldNames.isSecret(name) || (!FieldNames.isPublic(name) && looksRandom(text))) {
                add(text, depth);
            }
        }
    }

    private static boolean looksRandom(String text) {
        if (!isBase64(text)) {
            return false;
        }
        boolean hex = true;
        boolean digits = false;
        boolean lower = false;
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            hex &= HexFormat.isHexDigit(c);
            digits |= isDigit(c);
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
        }
        return (hex && text.length() >= 20) || (digits && lower && upper && text.length() >= 16);
    }

    // URLs

    private static boolean isUrl(String text) {
        int end = text.indexOf("://");
        if (end < 1 || end + 3 == text.length() || isWhiteSpace(text.charAt(end + 3)) || !isLetter(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && "_+.:-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private void addUrl(String url, int depth) {
        int start = url.indexOf("://") + 3;
        int end = indexOfAny(url, "/?#;", start);
        int at = url.lastIndexOf('@', end - 1);
        int last = url.lastIndexOf('@');
        if (at < start && hasPassword(url.substring(start, end))) {
            // A slash, a question mark or the like in the password that should have been escaped.
            at = last;
        }
        if (at >= start) {
            addUserInfo(url.substring(0, start), url.substring(start, at), depth);
        }
        if (at >= start && at < last && url.substring(start, at).indexOf(':') >= 0) {
            // Both, and an at sign before: which one ends the password cannot be told.
            addUserInfo(url.substring(0, start), url.substring(start, last), depth);
        }
        int query = indexOfAny(url, "?#;", Math.max(at, start));
        if (query < url.length()) {
            addPairs(
                    url.substring(query + 1).replace('&', ';').replace('?', ';').replace('#', ';') + ";", depth);
        }
    }

    private static boolean hasPassword(String authority) {
        int colon = authority.indexOf(':');
        return colon > 0
                && !Patterns.PORT.matcher(authority.substring(colon + 1)).matches();
    }

    private void addUserInfo(String scheme, String userInfo, int depth) {
        int colon = userInfo.indexOf(':');
        if (colon >= 0) {
            add(userInfo, DEPTH);
            add(userInfo.substring(colon + 1), depth);
        } else if (scheme.startsWith("http")) {
            add(userInfo, depth);
        }
    }

    private static int indexOfAny(String text, String characters, int from) {
        int position = from;
        while (position < text.length() && characters.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return position;
    }

    private static int indexOfNot(String text, String characters, int from) {
        int position = from;
        while (position < text.length() && characters.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position;
    }

    // What it decodes to

    private void addDecoded(String text, int depth) {
        if (text.indexOf('%') >= 0) {
            add(DecodedText.of(text).decoded(new PercentDecoder(false), true).text, depth);
        }
        String joined = withoutWhiteSpace(text);
        byte[] bytes = bytesInBase64(joined);
        if (bytes.length > 0) {
            if (joined.length() < text.length() && text.indexOf('\n') >= 0) {
                add(joined, DEPTH);
            }
            addText(bytes, depth);
        }
    }

    private void addText(byte[] bytes, int depth) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return;
        }
        if (text.chars().anyMatch(c -> c < ' ' && "\t\n\r".indexOf(c) < 0)) {
            return;
        }
        add(text, depth);
        int colon = text.indexOf(':');
        if (colon > 0
                && text.indexOf('\n') < 0
                && !JsonFields.looksLikeJson(text)
                && !text.startsWith("//", colon + 1)) {
            // The user and the password of HTTP's basic authentication.
            add(text.substring(colon + 1), depth);
        }
    }

    private static boolean isBase64(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && !isDigit(c) && "+/_-".indexOf(c) < 0) {
                return false;
            }
        }
        return end > 0;
    }

    private static String withoutWhiteSpace(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isWhiteSpace(text.charAt(i))) {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Returns what a text in base64 stands for, in either alphabet; nothing if it is not base64. */
    static byte[] bytesInBase64(String text) {
        if (text.length() < 8 || !isBase64(text)) {
            return new byte[0];
        }
        try {
            String digits = text.replace('-', '+').replace('_', '/').replace("=", "");
            return Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** Compiled with the first value that has parts: for most there is nothing to match. */
    private static final class Patterns {

        static final Pattern ELEMENT = Pattern.compile("<([\\w.:-]+)(\\s[^<>]*)?>([^<>]*)");
        static final Pattern LINE_BREAK = Pattern.compile("\\R");
        static final Pattern PEM_BLOCK = Pattern.compile("-----BEGIN [^-\n]+-----\\s([^-]+)-----END [^-\n]+-----");
        static final Pattern SECTION = Pattern.compile("\\[[\\w .:-]+\\]");
        static final Pattern LINE_PAIR =
                Pattern.compile("(?:export\\s+|-\\s+)?([\"']?)([A-Za-z_][\\w.-]*)\\1\\s*(?:=|:(?=\\s|$))\\s*(.*)");
        static final Pattern NETRC_PASSWORD = Pattern.compile("\\bpassword\\s+(\\S+)");
        static final Pattern PGPASS = Pattern.compile("[^:\\s]+:(?:\\d+|\\*):[^:\\s]+:[^:\\s]+:(\\S+)");
        static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w .-]*");
        static final Pattern SCHEMELESS = Pattern.compile("([\\w.-]{1,64}:(\\S+))@\\w*\\(\\S*");
        static final Pattern ORACLE = Pattern.compile("jdbc:oracle:\\w+:[^/@\\s]+/(\\S+)@\\S+");
        static final Pattern PORT = Pattern.compile("\\d{0,5}");
        static final Pattern EMAIL = Pattern.compile("[\\w.%+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,}");
        static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:[T ][\\d:.,]*(?:Z|[+-][\\d:]+)?)?");
        static final Pattern IDENTIFIER = Pattern.compile("(?:urn|arn):[a-z0-9-]+:[\\w.:/*@+=,-]+");
        static final Pattern PATH = Pattern.compile("(?:~|\\.{0,2})/[^\n]*|[A-Za-z]:\\\\[^\n]*");
        static final Pattern AUTHORIZATION =
                Pattern.compile("(?:[\\w-]+:\\s*)?(?:bearer|basic|token|apikey)\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

        private Patterns() {}
    }
}
