package dev.modelsecrets.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import dev.modelsecrets.remote.testing.LoopbackServer;
import dev.modelsecrets.remote.testing.LoopbackServer.Fault;
import dev.modelsecrets.remote.testing.LoopbackServer.Request;
import dev.modelsecrets.remote.testing.LoopbackServer.Response;
import dev.modelsecrets.remote.testing.TestCertificate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A vault on loopback that speaks the REST API of Key Vault, as far as its documentation tells: the challenge, PUT and
 * GET of secrets and their versions, and its error bodies.
 *
 * <p>Thread-safe.
 */
final class LoopbackVault implements AutoCloseable {

    /** One certificate for all tests, as making one takes a second. */
    private static final class Tls {
        static final SSLContext CONTEXT = make();

        private static SSLContext make() {
            try {
                Path directory = Files.createTempDirectory("loopback-vault");
                try {
                    return TestCertificate.context(directory);
                } finally {
                    Files.deleteIfExists(directory.resolve("loopback.p12"));
                    Files.delete(directory);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final Pattern PATH = Pattern.compile("/secrets/([0-9a-zA-Z-]{1,127})/?([0-9a-f]*)");

    private final Map<String, List<Map<String, Object>>> secrets = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final LoopbackServer server;

    /** The only token that is let in. */
    volatile String token = "test-token-1";

    LoopbackVault() {
        this(Tls.CONTEXT);
    }

    LoopbackVault(SSLContext context) {
        try {
            server = LoopbackServer.https(context, this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins an HTTP client that trusts this vault. */
    static java.net.http.HttpClient.Builder trusting() {
        return java.net.http.HttpClient.newBuilder().sslContext(Tls.CONTEXT);
    }

    /** Returns the same for the client library. */
    static HttpClient trustingHttpClient() {
        return new JdkHttpClientBuilder(trusting()).build();
    }

    String url() {
        return server.address().toString();
    }

    /** Begins a provider that trusts this vault and logs in with a token that never expires. */
    AzureSecretProvider.Builder provider() {
        return provider(Tokens.fixed("test-token-1"));
    }

    AzureSecretProvider.Builder provider(TokenCredential credential) {
        return AzureSecretProvider.builder()
                .vaultUrl(url())
                .credential(credential)
                .clientOptions(
                        options -> options.httpClient(trustingHttpClient()).disableChallengeResourceVerification());
    }

    /** Sets a secret, and returns its new version. */
    String put(String name, String value) {
        return put(name, value, Map.of());
    }

    String put(String name, String value, Map<String, Object> attributes) {
        List<Map<String, Object>> versions = secrets.computeIfAbsent(key(name), ignored -> new ArrayList<>());
        synchronized (versions) {
            String version = String.format("%032x", versions.size() + 1);
            Map<String, Object> bundle = new LinkedHashMap<>();
            bundle.put("value", value);
            bundle.put("id", url() + "/secrets/" + name + "/" + version);
            Map<String, Object> all = new LinkedHashMap<>(Map.of("enabled", true));
            all.putAll(attributes);
            bundle.put("attributes", all);
            versions.add(bundle);
            return version;
        }
    }

    void deny(String name) {
        denied.add(key(name));
    }

    void next(Fault... faults) {
        server.next(faults);
    }

    void always(Fault fault) {
        server.always(fault);
    }

    void always(Response response) {
        server.always(new Fault.Instead(response));
    }

    /** Returns the requests that came with a token, so not those that only fetch the challenge. */
    List<Request> reads() {
        return server.requests().stream()
                .filter(request -> !request.header("Authorization").isEmpty())
                .toList();
    }

    List<Request> requests() {
        return server.requests();
    }

    static Response error(int status, String code, String inner) {
        String innerError = inner == null ? "" : ",\"innererror\":{\"code\":\"" + inner + "\"}";
        return Response.json(
                status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"test-sentinel\"" + innerError + "}}");
    }

    private Response answer(Request request) {
        if (!request.header("Authorization").equals("Bearer " + token)) {
            return new Response(
                    401,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            "WWW-Authenticate",
                            "Bearer authorization=\"https://login.windows.net/test-tenant\","
                                    + " resource=\"https://vault.azure.net\""),
                    "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"test-sentinel\"}}");
        }
        Matcher path = PATH.matcher(request.uri().getPath());
        if (!path.matches()) {
            return error(404, "NotFound", null);
        }
        if (request.method().equals("PUT")) {
            return set(path.group(1), request.body());
        }
        return get(path.group(1), path.group(2));
    }

    @SuppressWarnings("unchecked")
    private Response set(String name, String body) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            reader.nextToken();
            Map<String, Object> secret = reader.readMap(JsonReader::readUntyped);
            Object attributes = secret.getOrDefault("attributes", Map.of());
            put(name, (String) secret.get("value"), (Map<String, Object>) attributes);
            return Response.json(
                    200, json(secrets.get(key(name)).get(secrets.get(key(name)).size() - 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Response get(String name, String version) {
        if (denied.contains(key(name))) {
            return error(403, "Forbidden", "ForbiddenByRbac");
        }
        List<Map<String, Object>> versions = secrets.getOrDefault(key(name), List.of());
        Map<String, Object> found = null;
        for (Map<String, Object> bundle : versions) {
            if (version.isEmpty() || ((String) bundle.get("id")).endsWith("/" + version)) {
                found = bundle;
            }
        }
        if (found == null) {
            return error(404, "SecretNotFound", null);
        }
        boolean disabled = found.get("attributes") instanceof Map<?, ?> attributes
                && Boolean.FALSE.equals(attributes.get("enabled"));
        return disabled ? error(403, "Forbidden", "SecretDisabled") : Response.json(200, json(found));
    }

    private static String json(Map<String, Object> bundle) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            writer.writeUntyped(bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Key Vault ignores case. */
    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        server.close();
    }
}
