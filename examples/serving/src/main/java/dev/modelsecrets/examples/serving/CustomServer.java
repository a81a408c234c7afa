package dev.modelsecrets.examples.serving;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The program of a custom server: it knows two variables and nothing of this library.
 *
 * <p>It serves on a free port of the loopback interface, says so in its first line, and ends with its standard input,
 * so that it does not outlive the server that started it.
 */
public final class CustomServer {

    private CustomServer() {}

    /**
     * Serves until the standard input ends.
     *
     * @param args nothing
     * @throws IOException if the loopback interface cannot be used
     */
    public static void main(String[] args) throws IOException {
        Map<String, String> environment = System.getenv();
        String id = environment.getOrDefault("LICENSE_ID", "");
        String key = environment.getOrDefault("LICENSE_KEY", "");
        Upstream service = new Upstream();

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        server.setExecutor(threads);
        server.createContext("/predict", exchange -> {
            exchange.getRequestBody().readAllBytes();
            int status = 200;
            String answer;
            try {
                answer = service.call(id, key);
            } catch (IOException e) {
                status = 502;
                answer = String.valueOf(e.getMessage());
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(bytes);
            }
        });
        server.start();

        System.out.println(server.getAddress().getPort());
        System.out.println("variables " + new TreeSet<>(environment.keySet()));
        System.out.println("licensed by " + id + ":" + key);
        System.in.readAllBytes();
        server.stop(0);
        threads.shutdown();
    }
}
