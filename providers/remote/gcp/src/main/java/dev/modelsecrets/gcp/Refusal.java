package dev.modelsecrets.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.auth.Retryable;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.modelsecrets.remote.internal.Answer;
import dev.modelsecrets.remote.internal.Deadline;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A read that failed, in words of our own.
 *
 * <p>What a server says may quote anything, so nothing of it is forwarded but codes: the status, Google's reason, the
 * state and the number of a version.
 *
 * @param system the system, as the subject of a sentence
 * @param version what was read
 * @param deadline how long it was waited for
 */
record Refusal(String system, SecretVersion version, Deadline deadline) {

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{1,62}");

    /** The last such word: a secret's name, which may hold one too, comes before it. */
    private static final Pattern STATE = Pattern.compile("(?s).*\\b(DISABLED|DESTROYED)\\b");

    private static final Pattern NUMBER = Pattern.compile("/versions/(\\d+)]");

    Answer answer(ApiException e) {
        @Nullable String obstacle = obstacle(e);
        if (obstacle != null) {
            return Answer.unavailable(server(e) + " cannot be reached: " + obstacle);
        }
        if (cause(e, InvalidProtocolBufferException.class) != null) {
            return Answer.failed(system + " sent something for " + version + " that is no secret version");
        }
        Code code = e.getStatusCode().getCode();
        return switch (code) {
            case NOT_FOUND ->
                Answer.absent(
                        version.isLatest()
                                ? version.secret() + " does not exist in " + system + ", or has no version"
                                : version + " does not exist in " + system);
            case PERMISSION_DENIED -> denied(e);
            case UNAUTHENTICATED ->
                Answer.unavailable(
                        (isLogin(e) ? "the login to " + system + " failed" : system + " does not accept the login")
                                + reason(e) + ": " + SecretManager.LOGIN);
            case FAILED_PRECONDITION -> unusable(String.valueOf(e.getMessage()));
            case INVALID_ARGUMENT ->
                Answer.failed(system + " does not accept the name " + version
                        + ": check the project, the mapping and the version");
            case DEADLINE_EXCEEDED -> Answer.unavailable(system + " did not answer within " + deadline);
            case RESOURCE_EXHAUSTED -> Answer.busy(system + " is throttling (RESOURCE_EXHAUSTED)", null);
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS -> Answer.busy(server(e) + " answers " + code, null);
            default -> Answer.unavailable(system + " answers " + code);
        };
    }

    private Answer denied(ApiException e) {
        return switch (String.valueOf(e.getReason())) {
            case "SERVICE_DISABLED" ->
                Answer.unavailable(system
                        + " is not enabled in the project: run gcloud services enable secretmanager.googleapis.com");
            case "ACCESS_TOKEN_SCOPE_INSUFFICIENT" ->
                Answer.unavailable(
                        system + " does not accept the login: its access token needs the scope cloud-platform");
            default ->
                Answer.denied(system + " refuses to read " + version + ", or there is none" + reason(e)
                        + ": grant the role roles/secretmanager.secretAccessor on " + version.secret());
        };
    }

    private Answer unusable(String message) {
        Matcher state = STATE.matcher(message);
        if (!state.lookingAt()) {
            return Answer.failed(version + " cannot be read in its present state: look at the state of its versions,"
                    + " and of the key that encrypts them");
        }
        Matcher number = NUMBER.matcher(message);
        String exactly = number.find() ? version.secret() + "/versions/" + number.group(1) : version.toString();
        return Answer.failed(
                state.group(1).equals("DISABLED")
                        ? exactly + " is disabled: enable it, or add a new version"
                        : exactly + " is destroyed: add a new version");
    }

    /** Tells what is in the way of a connection; null if there is one. */
    private static @Nullable String obstacle(Throwable e) {
        if (cause(e, UnknownHostException.class) != null) {
            return "the host is unknown";
        }
        if (cause(e, CertificateException.class) != null) {
            return "its certificate is not trusted";
        }
        if (cause(e, SSLException.class) != null) {
            return "the TLS handshake failed";
        }
        ConnectException refused = cause(e, ConnectException.class);
        if (refused != null) {
            return String.valueOf(refused.getMessage()).contains("refused")
                    ? "connection refused"
                    : "no connection could be made";
        }
        return cause(e, NoRouteToHostException.class) != null ? "there is no route to the host" : null;
    }

    /** Returns who failed: access tokens come from another server. */
    private String server(Throwable e) {
        return isLogin(e) ? "the token server for " + system : system;
    }

    /** Tells whether it was the login library that failed. */
    private static boolean isLogin(Throwable e) {
        return cause(e, Retryable.class) != null;
    }

    private static String reason(ApiException e) {
        String reason = e.getReason();
        return reason != null && REASON.matcher(reason).matches() ? " (" + reason + ")" : "";
    }

    private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable e = failure; e != null && depth < 20; e = e.getCause()) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            depth++;
        }
        return null;
    }
}
