package dev.modelsecrets.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.auth.Retryable;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.ConnectionFailures;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A read that failed, in words of our own.
 *
 * <p>What a server says may quote anything, so nothing of it is forwarded but codes: the status, Google's reason, the
 * state and the number of a version. Immutable and thread-safe.
 */
final class GoogleFailures {

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{1,62}");

    /** The last such word: a secret's name, which may hold one too, comes before it. */
    private static final Pattern STATE = Pattern.compile("(?s).*\\b(DISABLED|DESTROYED)\\b");

    private static final Pattern NUMBER = Pattern.compile("/versions/(\\d+)]");

    private final GoogleConnection connection;
    private final ConnectionFailures network;

    GoogleFailures(GoogleConnection connection) {
        this.connection = connection;
        this.network = ConnectionFailures.of(connection.proxies());
    }

    /**
     * Says what a failed read comes to.
     *
     * @param e what the client threw
     * @param version what was read
     * @throws InterruptedException if the thread was interrupted
     */
    Answer answer(ApiException e, SecretVersion version) throws InterruptedException {
        Optional<Answer> unreachable = network.answer(server(e), isLogin(e) ? null : connection.uri(), e);
        if (unreachable.isPresent()) {
            return unreachable.get();
        }
        String system = connection.toString();
        if (cause(e, InvalidProtocolBufferException.class) != null) {
            return Answer.failed(system + " sent something for " + version + " that is not a secret version");
        }
        Code code = e.getStatusCode().getCode();
        return switch (code) {
            case NOT_FOUND ->
                Answer.absent(
                        version.isLatest()
                                ? version.secret() + " does not exist in " + system + ", or has no version"
                                : version + " does not exist in " + system);
            case PERMISSION_DENIED -> denied(e, version);
            case UNAUTHENTICATED ->
                Answer.unavailable(
                        (isLogin(e) ? "the login to " + system + " failed" : system + " does not accept the login")
                                + reason(e) + ": " + GoogleService.LOGIN);
            case FAILED_PRECONDITION -> unusable(String.valueOf(e.getMessage()), version);
            case INVALID_ARGUMENT ->
                Answer.failed(system + " does not accept the name " + version
                        + ": check the project, the mapping and the version");
            case DEADLINE_EXCEEDED -> Answer.silent(system + " did not answer in time");
            case RESOURCE_EXHAUSTED -> Answer.busy(system + " is throttling (RESOURCE_EXHAUSTED)", null);
            case UNAVAILABLE, INTERNAL, UNKNOWN, DATA_LOSS -> Answer.busy(server(e) + " answers " + code, null);
            default -> Answer.unavailable(system + " answers " + code);
        };
    }

    private Answer denied(ApiException e, SecretVersion version) {
        String system = connection.toString();
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

    private static Answer unusable(String message, SecretVersion version) {
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

    /** Returns who failed: access tokens come from another server. */
    private String server(Throwable e) {
        return isLogin(e) ? "the token server for " + connection : connection.toString();
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
