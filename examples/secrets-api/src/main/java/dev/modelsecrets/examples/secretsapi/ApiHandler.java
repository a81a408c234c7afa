package dev.modelsecrets.examples.secretsapi;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests in and sends answers out, without a thread that waits for a client.
 *
 * <p>Who has no token is refused before the body is read. A body is collected as it arrives, up to a size and a time;
 * only then a thread of the store begins to work.
 */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final Endpoints endpoints;
    private final Limits limits;
    private final StoreThreads threads;

    ApiHandler(Endpoints endpoints, Limits limits, StoreThreads threads) {
        this.endpoints = endpoints;
        this.limits = limits;
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        Optional<Caller> caller = Authentication.callerOf(request);
        if (caller.isEmpty()) {
            exchange.refuse(Answer.error(401, "a bearer token is needed").with("WWW-Authenticate", "Bearer"));
            return true;
        }
        try {
            ApiRequest asked = ApiRequest.of(caller.get(), request);
            if (asked.hasBody()) {
                asked.requireJson();
                new BodyReader(request, limits, body -> work(exchange, asked, body), exchange::refuse).run();
            } else {
                work(exchange, asked, "");
            }
        } catch (RefusedRequestException e) {
            exchange.refuse(e.answer());
        }
        return true;
    }

    private void work(Exchange exchange, ApiRequest asked, String body) {
        try {
            threads.execute(asked.method().equals("GET"), () -> exchange.send(endpoints.answer(asked, body)));
        } catch (RejectedExecutionException e) {
            exchange.send(
                    Answer.error(503, "too many requests wait for the store").with("Retry-After", "1"));
        }
    }

    /** A request and the way back. */
    private record Exchange(Request request, Response response, Callback callback) {

        /** Answers without the body, the rest of which nobody reads. */
        void refuse(Answer answer) {
            send(answer.with(HttpHeader.CONNECTION.asString(), "close"));
        }

        void send(Answer answer) {
            // The path is not logged: somebody may have put a value there.
            LOG.info(
                    "{} {} {}",
                    Authentication.callerOf(request).map(Caller::name).orElse("-"),
                    request.getMethod(),
                    answer.status());
            response.setStatus(answer.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            response.write(true, StandardCharsets.UTF_8.encode(answer.body()), callback);
        }
    }
}
