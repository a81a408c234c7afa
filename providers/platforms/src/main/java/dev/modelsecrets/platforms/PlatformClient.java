package dev.modelsecrets.platforms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.modelsecrets.platforms.SecretPlatformException.Effect;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a platform, waits as long as it asks to, and puts every failure into words.
 *
 * <p>A throttled request is sent again. One that failed on the platform's side is sent again only if that does no harm.
 * Redirects are not followed: the token would go along. Thread-safe.
 */
final class PlatformClient implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    /** How long one request waits for its repetitions, all together. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How to wait, so that tests need not. */
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    private final Endpoint endpoint;
    private final Failures failures;
    private final Clock clock;
    private final Pause pause;
    private @Nullable HttpClient client;

    PlatformClient(String platform, Endpoint endpoint, Clock clock, Pause pause) {
        this.endpoint = endpoint;
        this.failures = new Failures(platform, endpoint);
        this.clock = clock;
        this.pause = pause;
    }

    PlatformClient(String platform, Endpoint endpoint) {
        this(platform, endpoint, Clock.systemUTC(), duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Failures failures() {
        return failures;
    }

    /** Sends a request whose answer is JSON. */
    JsonNode json(Call call, Header authorization) {
        byte[] body = send(call, authorization).body();
        return Json.parse(body).orElseThrow(() -> failures.notJson(call));
    }

    /**
     * Sends a request until it is answered with 200 or another success.
     *
     * @throws SecretPlatformException if that does not come about
     */
    HttpResponse<byte[]> send(Call call, @Nullable Header authorization) {
        HttpResponse<byte[]> answer = attempt(call, authorization);
        if (answer.statusCode() / 100 != 2) {
            throw failures.status(call, answer);
        }
        return answer;
    }

    /** Sends a request until it is answered with something that waiting does not better. */
    HttpResponse<byte[]> attempt(Call call, @Nullable Header authorization) {
        Duration waited = Duration.ZERO;
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> answer = exchange(call, authorization);
            Optional<Duration> wait = Retry.after(call, answer, attempt, clock.instant());
            if (wait.isEmpty() || attempt == ATTEMPTS || waited.plus(wait.get()).compareTo(PATIENCE) > 0) {
                return answer;
            }
            waited = waited.plus(wait.get());
            try {
                pause.sleep(wait.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failures.interrupted(call, Effect.NONE);
            }
        }
    }

    private HttpResponse<byte[]> exchange(Call call, @Nullable Header authorization) {
        Http.refuseLogsOfSecrets(failures);
        if (Thread.currentThread().isInterrupted()) {
            throw failures.interrupted(call, Effect.NONE);
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request(call, authorization), info -> new LimitedBody());
        try {
            return answer.get(endpoint.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failures.timedOut(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(call, Effect.UNKNOWN);
        } catch (ExecutionException e) {
            throw failures.unreachable(call, e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(Call call, @Nullable Header authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(call.path()))
                .header("Accept", "application/json")
                .method(
                        call.method(),
                        call.contentType().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(call.body()));
        if (!call.contentType().isEmpty()) {
            request.header("Content-Type", call.contentType());
        }
        if (authorization != null) {
            request.header(authorization.name(), authorization.value().reveal());
        }
        return request.build();
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = Http.client(endpoint);
        }
        return client;
    }

    /** Ends the client's threads, where Java can (21 and later); else they end once it is no longer used. */
    @Override
    public synchronized void close() {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw failures.of(Effect.NONE, "the HTTP client cannot be closed");
            }
        }
        client = null;
    }
}
