package dev.modelsecrets.platforms;

import dev.modelsecrets.platforms.SecretPlatformException.Effect;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Words for what goes wrong between here and a platform: never an answer's text, and never a foreign exception. */
final class Failures {

    private final String platform;
    private final Endpoint endpoint;

    Failures(String platform, Endpoint endpoint) {
        this.platform = platform;
        this.endpoint = endpoint;
    }

    SecretPlatformException of(Effect effect, String problem) {
        return new SecretPlatformException(platform, effect, problem);
    }

    /** Says what an answer other than a success means. */
    SecretPlatformException status(Call call, HttpResponse<?> answer) {
        int status = answer.statusCode();
        String asked = call.subject();
        return switch (status) {
            case 400, 422 ->
                of(Effect.NONE, "rejected " + asked + " (" + status + "): it does not fit the platform's rules");
            case 401 ->
                of(
                        Effect.NONE_FOR_ALL,
                        "did not accept the token (401): check that it is valid, and made for this account");
            case 403 ->
                of(
                        Effect.NONE,
                        "does not let this token access " + asked + " (403): it needs the right to manage secrets");
            case 404 -> notFound(call);
            case 409 -> of(Effect.NONE, "has something else in the place of " + asked + " (409): plan again");
            case 413 -> of(Effect.NONE, "rejected " + asked + " as too large (413)");
            case 429 ->
                of(
                        Effect.NONE,
                        "limits the number of requests (429), so that " + asked + " was not handled" + later(answer));
            default -> status / 100 == 3 ? redirected(answer) : unexpected(call, answer);
        };
    }

    SecretPlatformException notFound(Call call) {
        return of(
                Effect.NONE, "has no " + bare(call.subject()) + ", or the URL " + endpoint + " is not that of its API");
    }

    private SecretPlatformException redirected(HttpResponse<?> answer) {
        return of(
                Effect.NONE_FOR_ALL,
                "answered with a redirect (" + answer.statusCode() + ")" + target(answer)
                        + ", which is not followed, because the token would go along: give the URL of its API itself");
    }

    private SecretPlatformException unexpected(Call call, HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status == 503 && Retry.asked(answer, Instant.now()).isPresent()) {
            return of(
                    Effect.NONE,
                    "is not available (503), so that " + call.subject() + " was not handled" + later(answer));
        }
        if (status < 500) {
            return of(Effect.NONE, "answered " + status + " about " + call.subject());
        }
        return of(
                call.isRead() ? Effect.NONE : Effect.UNKNOWN,
                "failed with " + status + unsure(call) + ": try again later");
    }

    SecretPlatformException notJson(Call call) {
        return of(
                call.isRead() ? Effect.NONE : Effect.UNKNOWN,
                "answered with something that is not JSON" + unsure(call) + ": check that " + endpoint
                        + " is the URL of its API, and that no proxy or login page stands in between");
    }

    /** Says that an answer is JSON, and not the documented one. */
    SecretPlatformException unlikeDocuments(Call call, String missing) {
        return of(
                call.isRead() ? Effect.NONE : Effect.UNKNOWN,
                "answered with JSON that has no " + missing + unsure(call) + ": check that " + endpoint
                        + " is the URL of its API");
    }

    SecretPlatformException timedOut(Call call) {
        return of(
                call.isRead() ? Effect.NONE : Effect.UNKNOWN,
                "did not answer within " + words(endpoint.timeout()) + unsure(call));
    }

    SecretPlatformException interrupted(Call call, Effect effect) {
        return of(
                effect == Effect.UNKNOWN && call.isRead() ? Effect.NONE : effect,
                "the thread was interrupted" + (effect == Effect.UNKNOWN ? unsure(call) : "") + ": " + call.subject()
                        + " was not finished");
    }

    /** Says why there is no answer at all. */
    SecretPlatformException unreachable(Call call, @Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return of(Effect.NONE_FOR_ALL, endpoint + " cannot be reached: the host is unknown");
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return of(
                        Effect.NONE_FOR_ALL,
                        endpoint + " cannot be reached: no connection within "
                                + words(endpoint.timeout().dividedBy(2)));
            }
            if (cause instanceof SSLException) {
                return of(
                        Effect.NONE_FOR_ALL,
                        endpoint
                                + " cannot be trusted: the TLS handshake failed. If its certificate comes from your own"
                                + " authority, give an SSLContext that trusts it");
            }
            if (cause instanceof LimitedBody.TooLargeException) {
                return of(
                        call.isRead() ? Effect.NONE : Effect.UNKNOWN, "answered with more than 16 MiB" + unsure(call));
            }
        }
        if (failure instanceof ConnectException) {
            return of(Effect.NONE_FOR_ALL, endpoint + " cannot be reached: the connection was refused");
        }
        return of(
                call.isRead() ? Effect.NONE : Effect.UNKNOWN,
                "the connection to " + endpoint + " broke" + unsure(call));
    }

    private static String bare(String subject) {
        return subject.startsWith("the ") ? subject.substring(4) : subject;
    }

    private static String unsure(Call call) {
        return call.isRead() ? "" : ", so that it is unknown whether " + call.subject() + " was changed";
    }

    private static String later(HttpResponse<?> answer) {
        return Retry.asked(answer, Instant.now())
                .map(wait -> ": try again in " + words(wait))
                .orElse(": try again later");
    }

    private static String target(HttpResponse<?> answer) {
        Optional<String> location = answer.headers().firstValue("Location");
        try {
            return location.map(URI::create)
                    .filter(uri -> uri.getHost() != null)
                    .map(uri -> " to " + uri.getHost())
                    .orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String words(Duration duration) {
        return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
