package dev.modelsecrets.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server on the loopback interface that answers 401 unless a request has the right {@code Authorization}. */
final class ProtectedServer implements AutoCloseable {

    private final HttpServer server;

    private ProtectedServer(HttpServer server) {
        this.server = server;
    }

    /** Starts a server on a free port; it knows no path yet. */
    static ProtectedServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return new ProtectedServer(server);
    }

    /** Answers requests below a path with a text, if they have the header. */
    void answer(String path, String authorization, String text) {
        server.createContext(path, exchange -> {
            boolean allowed = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (allowed ? text : "Unauthorized").getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
            try (OutputStream response = exchange.getResponseBody()) {
                response.write(body);
            }
        });
    }

    URI address() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
