package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a port of its own, with a store of its own and a token for each role. */
final class RunningServer implements AutoCloseable {

    /** What all values of the tests have in them. */
    static final String SENTINEL = "test-sentinel-4711";

    final EncryptedSecretStore store;
    final Path storeFile;
    final Tokens tokens;
    final String reader;
    final String writer;
    final String administrator;
    final List<String> answers = new CopyOnWriteArrayList<>();

    private final SecretsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningServer(Path directory) throws Exception {
        this(directory, Limits.DEFAULT);
    }

    RunningServer(Path directory, Limits limits) throws Exception {
        storeFile = directory.resolve("secrets.json");
        store = EncryptedSecretStore.builder(storeFile, StoreKeyFile.create(directory.resolve("store.key")))
                .auditLog(directory.resolve("audit.jsonl"))
                .lockTimeout(Duration.ofMillis(200))
                .create();
        tokens = new Tokens(directory.resolve("tokens"));
        reader = tokens.add("rita", Role.READ).orElseThrow();
        writer = tokens.add("walter", Role.WRITE).orElseThrow();
        administrator = tokens.add("ada", Role.ADMINISTER).orElseThrow();
        server = SecretsServer.start(
                store, tokens, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), limits);
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> send(String token, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        answers.add(response.headers().map() + response.body());
        return response;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(reader, "GET", path, "");
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(writer, "POST", path, body);
    }

    /** Sends bytes as they are and returns all that comes back until the server closes the connection. */
    String sendRaw(String text) throws Exception {
        try (Socket socket = connect();
                InputStream in = socket.getInputStream()) {
            write(socket, text);
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            answers.add(answer);
            return answer;
        }
    }

    Socket connect() throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), port());
    }

    static void write(Socket socket, String text) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
