package dev.modelsecrets.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.sun.net.httpserver.HttpServer;
import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.jul.SecretRedaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.logging.HttpLoggingInterceptor;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * What HTTP clients themselves log of a request with a key, and of an answer that quotes it, with everything switched
 * on.
 *
 * <p>Each is logged without redaction first: a client that logs no key would show nothing.
 */
@Isolated("the loggers of the process")
class WireLogTest {

    private static final String TOKEN = "test-token-aB3dE5gH7jK9";
    private static final String BASIC =
            Base64.getEncoder().encodeToString(("user:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    private static final Redactor REDACTOR =
            Secrets.of(Map.of("api_key", TOKEN)).redactor();

    private HttpServer server;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ("{\"error\":\"wrong key " + TOKEN + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        address = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1/models?key=" + TOKEN);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Makes a request with the key in the address and in two headers. */
    private interface Call {
        void run() throws Exception;
    }

    @Test
    void apacheHttpClient_allLoggersAtTrace_logsNoKey() throws Exception {
        Call call = () -> {
            try (CloseableHttpClient client =
                    HttpClients.custom().disableAutomaticRetries().build()) {
                HttpGet get = new HttpGet(address);
                get.setHeader("Authorization", "Bearer " + TOKEN);
                get.setHeader("Proxy-Authorization", "Basic " + BASIC);
                int status = client.execute(get, response -> {
                    response.getEntity().getContent().readAllBytes();
                    return response.getCode();
                });
                assertThat(status).isEqualTo(401);
            }
        };

        assertThat(logback(call, context -> {})).contains(TOKEN, BASIC);
        assertThat(logback(call, context -> dev.modelsecrets.logback.SecretRedaction.install(REDACTOR, context)))
                .contains("Authorization: Bearer [secret:api_key]", "GET /v1/models?key=[secret:api_key]")
                .doesNotContain(TOKEN)
                .doesNotContain(BASIC);
    }

    @Test
    void okHttp_interceptorThatLogsBodies_logsNoKey() throws Exception {
        Call call = () -> {
            org.slf4j.Logger logger = LoggerFactory.getLogger("okhttp3.OkHttpClient");
            HttpLoggingInterceptor interceptor = new HttpLoggingInterceptor(logger::info);
            interceptor.setLevel(HttpLoggingInterceptor.Level.BODY);
            OkHttpClient client =
                    new OkHttpClient.Builder().addInterceptor(interceptor).build();
            Request request = new Request.Builder()
                    .url(address.toString())
                    .header("Authorization", "Basic " + BASIC)
                    .header("X-Api-Key", TOKEN)
                    .build();
            client.newCall(request).execute().close();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        };

        assertThat(logback(call, context -> {})).contains(TOKEN, BASIC);
        assertThat(logback(call, context -> dev.modelsecrets.logback.SecretRedaction.install(REDACTOR, context)))
                .contains("X-Api-Key: [secret:api_key]", "wrong key [secret:api_key]")
                .doesNotContain(TOKEN)
                .doesNotContain(BASIC);
    }

    /** The build sets {@code jdk.httpclient.HttpClient.log}, which the client reads once. */
    @Test
    void jdkClient_logOfEverything_logsNoKey() throws Exception {
        Call call = () -> {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("X-Basic", BASIC)
                    .build();
            int status = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .statusCode();
            assertThat(status).isEqualTo(401);
        };

        // JDK 17 logs the address and no header that a caller sets.
        assertThat(julOutput(call)).contains(TOKEN);
        Call redactedCall = () -> {
            try (SecretRedaction redaction = SecretRedaction.install(REDACTOR)) {
                assertThat(redaction).isNotNull();
                call.run();
            }
        };
        assertThat(julOutput(redactedCall))
                .contains("GET /v1/models?key=[secret:api_key]")
                .doesNotContain(TOKEN)
                .doesNotContain(BASIC);
    }

    private static String logback(Call call, Consumer<LoggerContext> redaction) throws Exception {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d %-5level [%thread] %logger - %msg%n");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(bytes);
        appender.start();
        context.getLogger("ROOT").setLevel(Level.TRACE);
        context.getLogger("ROOT").addAppender(appender);
        redaction.accept(context);
        try {
            call.run();
        } finally {
            context.getLogger("ROOT").setLevel(Level.INFO);
            context.getLogger("ROOT").detachAndStopAllAppenders();
            context.reset();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String julOutput(Call call) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StreamHandler handler = new StreamHandler(bytes, new SimpleFormatter()) {
            @Override
            public synchronized void publish(LogRecord line) {
                super.publish(line);
                flush();
            }
        };
        handler.setEncoding("UTF-8");
        handler.setLevel(java.util.logging.Level.ALL);
        Logger logger = Logger.getLogger("jdk.httpclient.HttpClient");
        logger.setLevel(java.util.logging.Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try {
            call.run();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
