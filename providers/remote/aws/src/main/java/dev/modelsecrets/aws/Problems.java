package dev.modelsecrets.aws;

import dev.modelsecrets.remote.internal.Answer;
import dev.modelsecrets.remote.internal.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** The words for what goes wrong; nothing of what the SDK or AWS says gets into them but codes. */
final class Problems {

    private final Connection connection;

    Problems(Connection connection) {
        this.connection = connection;
    }

    /** Says what a refusal means for one secret. */
    Answer ofSecret(Refusal refusal, String secret, @Nullable Pin pin) {
        if (refusal.isDenied()) {
            return Answer.denied(connection + " refuses to read " + secret
                    + ": grant secretsmanager:GetSecretValue on it, and kms:Decrypt if it has a key of its own");
        }
        return switch (refusal.code() == null ? "" : refusal.code()) {
            case "ResourceNotFoundException" -> notFound(secret, pin);
            case "InvalidRequestException" ->
                Answer.failed(secret + " in " + connection
                        + " is scheduled for deletion: restore it with aws secretsmanager restore-secret --secret-id "
                        + secret);
            case "DecryptionFailure", "DecryptionFailureException" ->
                Answer.failed(secret + " in " + connection
                        + " cannot be decrypted: check that its KMS key is enabled, and grant kms:Decrypt on it");
            case "InvalidParameterException", "ValidationException" ->
                Answer.failed(secret + " is no name or ARN that " + connection + " accepts");
            default ->
                refusal.isBusy() || refusal.isAboutCredentials() || refusal.code() == null
                        ? ofCall(refusal)
                        : Answer.failed(connection + " answers " + refusal + " for " + secret);
        };
    }

    private Answer notFound(String secret, @Nullable Pin pin) {
        return pin == null
                ? Answer.absent(secret + " does not exist in " + connection + ", or has no value yet")
                : Answer.failed(pin + " of " + secret + " does not exist in " + connection
                        + ": pin one that aws secretsmanager list-secret-version-ids --secret-id " + secret
                        + " lists");
    }

    /** Says what a refusal means that is about no secret in particular. */
    Answer ofCall(Refusal refusal) {
        if (refusal.isBusy()) {
            return Answer.busy(connection + " answers " + refusal, refusal.pause());
        }
        String refuses = connection + " refuses the credentials: ";
        if (refusal.isExpired()) {
            return Answer.unavailable(
                    refuses + "they have expired (" + refusal.code() + "): renew them, with aws sso login for example");
        }
        if (refusal.isUnknownKey()) {
            return Answer.unavailable(refuses + "it does not know the access key or the session token ("
                    + refusal.code() + "): check which are used, and renew them");
        }
        if (refusal.isWrongSignature()) {
            return Answer.unavailable(refuses + "the signature does not fit (" + refusal.code()
                    + "): check the secret access key, and the clock of this machine");
        }
        return Answer.unavailable(connection + " answers " + refusal
                + (refusal.code() == null ? " without an error code: check that no proxy answers in its place" : ""));
    }

    /** Says why there was no answer. */
    Answer ofFailure(RuntimeException failure, Deadline deadline) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String problem = problem(cause, deadline);
            if (problem != null) {
                return Answer.unavailable(connection + problem);
            }
        }
        return Answer.unavailable(connection + " gave an answer that is not its own: check the endpoint, and that no"
                + " proxy answers in its place");
    }

    private static @Nullable String problem(Throwable cause, Deadline deadline) {
        if (cause instanceof MissingSetupException missing) {
            return " cannot be asked: " + missing.problem();
        }
        if (cause instanceof ApiCallTimeoutException
                || cause instanceof ApiCallAttemptTimeoutException
                || cause instanceof SocketTimeoutException
                || cause instanceof AbortedException) {
            return " did not answer within " + deadline;
        }
        if (cause instanceof UnknownHostException) {
            return " cannot be reached: its host is unknown: check the region and the endpoint";
        }
        if (cause instanceof NoRouteToHostException) {
            return " cannot be reached: there is no route to its host";
        }
        if (cause instanceof ConnectException) {
            boolean refused = String.valueOf(cause.getMessage()).contains("refused");
            return " cannot be reached: " + (refused ? "connection refused" : "the connection failed");
        }
        if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
            return " cannot be reached: its certificate is not trusted, or is another host's: add its authority to the"
                    + " trust store (javax.net.ssl.trustStore), or check the endpoint";
        }
        if (cause instanceof SSLException && cause.getCause() == null) {
            return " cannot be reached: the TLS connection failed";
        }
        if (cause instanceof SocketException || isEarlyEnd(cause)) {
            return " broke off before its answer was complete";
        }
        boolean ofTheJdk = cause.getClass().getName().startsWith("java"); // the JSON parser's are IOExceptions too
        return cause instanceof IOException && cause.getCause() == null && ofTheJdk
                ? " cannot be reached: the connection failed ("
                        + cause.getClass().getName() + "): check the network and its proxies"
                : null;
    }

    /** Depending on the JDK, the end of a connection is an exception, or a JSON text that ends too early. */
    private static boolean isEarlyEnd(Throwable failure) {
        return failure instanceof EOFException
                || "Premature EOF".equals(failure.getMessage())
                || failure.getClass().getName().endsWith(".JsonEOFException");
    }
}
