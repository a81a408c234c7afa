package dev.modelsecrets.logging;

import dev.modelsecrets.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The shapes of the published table. */
final class Shapes {

    static final String TOKEN = "test-token/one+two=three";
    static final String PASSWORD = "test \"pass\\word\" <of> a&b%c";
    static final String KEY = "-----BEGIN PRIVATE KEY-----\nVGVzdC1rZXktbGluZS1vbmUtb2YtdHdvLW5vdC1hLXJlYWwta2V5\n"
            + "VGVzdC1rZXktbGluZS10d28tb2YtdHdvLW5vdC1hLXJlYWwta2V5\n-----END PRIVATE KEY-----\n";
    static final String ACCOUNT =
            "{\"type\": \"service_account\", \"token_uri\": \"https://oauth2.googleapis.com/token\","
                    + " \"private_key\": \"" + KEY.replace("\n", "\\n") + "\"}";
    static final String DATABASE = "postgres://app:test-database-password@db.example.com:5432/app";

    static final Secrets SECRETS = Secrets.of(Map.of(
            "hf_token", TOKEN,
            "password", PASSWORD,
            "key", KEY,
            "account", ACCOUNT,
            "database", DATABASE));

    /** What must not be found, in any form: whole values, and the secret parts of structured ones. */
    static final List<String> NEEDLES = List.of(
            TOKEN,
            PASSWORD,
            KEY.lines().skip(1).findFirst().orElseThrow(),
            KEY.lines().skip(2).findFirst().orElseThrow(),
            "test-database-password");

    private Shapes() {}

    static List<Shape> all() {
        List<Shape> shapes = new ArrayList<>();
        events(shapes);
        arguments(shapes);
        failures(shapes);
        encodings(shapes);
        clients(shapes);
        return shapes;
    }

    private static void events(List<Shape> shapes) {
        shapes.add(Shape.text("message", "calling with " + TOKEN + " now"));
        shapes.add(Shape.text("message that is nothing else", TOKEN));
        shapes.add(Shape.text("two secrets side by side", TOKEN + PASSWORD));
        shapes.add(new Shape("MDC value", log -> log.context("authorization", "Bearer " + TOKEN)));
        shapes.add(new Shape("MDC key", log -> log.context(TOKEN, "used")));
        shapes.add(new Shape("marker", log -> log.marker(TOKEN)));
        shapes.add(new Shape("key-value pair", log -> log.pair("token", TOKEN)));
        shapes.add(new Shape("key-value pair of a map", log -> log.pair("headers", Map.of("authorization", TOKEN))));
        shapes.add(Shape.of("thread name", log -> {
            Thread thread = new Thread(() -> log.message("on a thread"), "worker " + TOKEN);
            thread.start();
            join(thread);
        }));
        shapes.add(Shape.text("ANSI colours", "\u001B[31m" + TOKEN + "\u001B[0m"));
    }

    private static void arguments(List<Shape> shapes) {
        shapes.add(Shape.argument("`{}` argument", TOKEN));
        shapes.add(Shape.of("argument that completes a value", log -> log.argument("test-token/one+", "two=three")));
        shapes.add(Shape.argument("`Secrets`", SECRETS));
        shapes.add(Shape.argument("`Secrets.values()`", SECRETS.values()));
        shapes.add(Shape.argument("`Secrets.entrySet()`", SECRETS.entrySet()));
        shapes.add(Shape.argument("list of the values", List.copyOf(SECRETS.values())));
        shapes.add(Shape.argument("list of `Secrets`", List.of(SECRETS)));
        shapes.add(Shape.argument("copy in another map", new TreeMap<>(SECRETS)));
        shapes.add(Shape.argument("`Collections.unmodifiableMap`", Collections.unmodifiableMap(SECRETS)));
        shapes.add(Shape.argument("record", new Credentials("app", TOKEN)));
        shapes.add(Shape.argument("list of records", List.of(new Credentials("app", PASSWORD))));
        shapes.add(Shape.argument("`Optional`", Optional.of(TOKEN)));
        shapes.add(Shape.argument("`StringBuilder`", new StringBuilder(TOKEN)));
    }

    private static void failures(List<Shape> shapes) {
        shapes.add(Shape.thrown("exception", new IllegalStateException("refused " + TOKEN)));
        shapes.add(Shape.thrown("cause", new IllegalStateException("outer", new IllegalStateException(TOKEN))));
        shapes.add(Shape.thrown("suppressed exception", suppressing(new IllegalStateException(TOKEN))));
        shapes.add(Shape.thrown(
                "cause of a suppressed exception",
                suppressing(new IllegalStateException("inner", new IllegalStateException(PASSWORD)))));
        shapes.add(Shape.thrown("message over lines", new IllegalStateException("first\n  " + TOKEN + "\nlast")));
        StringWriter trace = new StringWriter();
        new IllegalStateException("refused " + TOKEN).printStackTrace(new PrintWriter(trace, true));
        shapes.add(Shape.text("`printStackTrace` in a message", trace.toString()));
    }

    private static void encodings(List<Shape> shapes) {
        String json = "{\"password\": \"" + json(PASSWORD) + "\", \"slash\": \"" + TOKEN.replace("/", "\\/") + "\"}";
        String inJson = "{\"body\": \"" + json(json) + "\"}";
        shapes.add(Shape.text("JSON", json));
        shapes.add(Shape.text("JSON in JSON", inJson));
        shapes.add(Shape.text("JSON in JSON in JSON", "{\"event\": \"" + json(inJson) + "\"}"));
        shapes.add(Shape.text("JSON with `\\u` escapes", "{\"t\": \"" + TOKEN.replace("=", "\\u003d") + "\"}"));
        shapes.add(Shape.text("XML", "<password>" + xml(PASSWORD) + "</password>"));
        shapes.add(Shape.text("URL with user info", "connecting to " + DATABASE));
        shapes.add(Shape.text("password of that URL alone", "login app, test-database-password"));
        shapes.add(Shape.text("percent-encoding", "GET /v1?token=" + percent(TOKEN)));
        shapes.add(Shape.text("percent-encoding in lower case", "GET /v1?token=" + lower(percent(TOKEN))));
        shapes.add(Shape.text("form body", "password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8)));
        shapes.add(Shape.text("base64", Base64.getEncoder().encodeToString(bytes(TOKEN))));
        shapes.add(Shape.text("base64 for URLs", Base64.getUrlEncoder().encodeToString(bytes("x" + TOKEN))));
        shapes.add(Shape.text("PEM over lines", "key:\n" + KEY));
        shapes.add(Shape.text("PEM, indented", KEY.indent(4)));
        shapes.add(Shape.text("service account file", ACCOUNT));
    }

    private static void clients(List<Shape> shapes) {
        String basic = "Basic " + Base64.getEncoder().encodeToString(bytes("app:" + PASSWORD));
        shapes.add(Shape.text("`Authorization: Basic`", "Authorization: " + basic));
        shapes.add(Shape.text(
                "headers as the JDK's client logs them",
                "HEADERS: HEADERS FRAME (stream=1)\n    :authority: api.example.com\n    authorization: Bearer "
                        + TOKEN));
        shapes.add(Shape.text(
                "wire log of Apache HttpClient",
                "http-outgoing-0 >> \"Authorization: Bearer " + TOKEN + "[\\r][\\n]\""));
        shapes.add(Shape.text(
                "OkHttp's interceptor",
                "--> POST https://api.example.com/v1\nAuthorization: " + basic + "\n--> END POST"));
        shapes.add(
                Shape.text("curl command", "curl -H 'Authorization: Bearer " + TOKEN + "' -u 'app:" + PASSWORD + "'"));
    }

    /** An ordinary carrier of secrets, with the text that Java gives it. */
    record Credentials(String user, String secret) {}

    private static Throwable suppressing(Throwable suppressed) {
        IllegalStateException failure = new IllegalStateException("outer");
        failure.addSuppressed(suppressed);
        return failure;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String lower(String encoded) {
        return encoded.replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d");
    }
}
