package dev.modelsecrets.aws;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.ConnectionFailures;
import java.io.EOFException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** The words for what goes wrong; nothing of what the SDK or AWS says gets into them but codes. */
final class AwsFailures {

    private final AwsConnection connection;
    private final ConnectionFailures network;

    AwsFailures(AwsConnection connection) {
        this.connection = connection;
        this.network = ConnectionFailures.of(connection.proxies());
    }

    /** Says what a error means for one secret. */
    Answer ofSecret(AwsError error, String secret, @Nullable Pin pin) {
        if (error.isDenied()) {
            return Answer.denied(connection + " refuses to read " + secret
                    + ": grant secretsmanager:GetSecretValue on it, and kms:Decrypt if it has a key of its own");
        }
        return switch (error.code() == null ? "" : error.code()) {
            case "ResourceNotFoundException" -> notFound(secret, pin);
            case "InvalidRequestException" ->
                Answer.failed(secret + " in " + connection
                        + " is scheduled for deletion: restore it with aws secretsmanager restore-secret --secret-id "
                        + secret);
            case "DecryptionFailure", "DecryptionFailureException" ->
                Answer.failed(secret + " in " + connection
                        + " cannot be decrypted: check that its KMS key is enabled, and grant kms:Decrypt on it");
            case "InvalidParameterException", "ValidationException" ->
                Answer.failed(secret + " is not a name or ARN that " + connection + " accepts");
            default ->
                error.isBusy() || error.isAboutCredentials() || error.code() == null
                        ? ofCall(error)
                        : Answer.failed(connection + " answers " + error + " for " + secret);
        };
    }

    private Answer notFound(String secret, @Nullable Pin pin) {
        return pin == null
                ? Answer.absent(secret + " does not exist in " + connection + ", or has no value yet")
                : Answer.failed(pin + " of " + secret + " does not exist in " + connection
                        + ": pin one that aws secretsmanager list-secret-version-ids --secret-id " + secret
                        + " lists");
    }

    /** Says what a error means that is about no secret in particular. */
    Answer ofCall(AwsError error) {
        if (error.isBusy()) {
            return Answer.busy(connection + " answers " + error, error.pause());
        }
        String refuses = connection + " refuses the credentials: ";
        if (error.isExpired()) {
            return Answer.unavailable(
                    refuses + "they have expired (" + error.code() + "): renew them, with aws sso login for example");
        }
        if (error.isUnknownKey()) {
            return Answer.unavailable(refuses + "it does not know the access key or the session token (" + error.code()
                    + "): check which are used, and renew them");
        }
        if (error.isWrongSignature()) {
            return Answer.unavailable(refuses + "the signature does not fit (" + error.code()
                    + "): check the secret access key, and the clock of this machine");
        }
        return Answer.unavailable(connection + " answers " + error
                + (error.code() == null ? " without an error code: check that no proxy answers in its place" : ""));
    }

    /** Says that there is no region, or no credentials. */
    Answer ofSetup(MissingSetupException missing) {
        return Answer.unavailable(connection + " cannot be asked: " + missing.problem());
    }

    /** Says why there was no answer. */
    Answer ofFailure(RuntimeException failure) throws InterruptedException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSetupException missing) {
                return ofSetup(missing);
            }
            if (cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof AbortedException) {
                return Answer.silent(connection + " did not answer in time");
            }
            if (isEarlyEnd(cause)) {
                return Answer.silent(connection + " broke off the connection before its answer was complete");
            }
        }
        Optional<Answer> answer = network.answer(connection.toString(), connection.uri(), failure);
        return answer.orElseGet(() -> Answer.unavailable(connection + " gave an answer that is not its own: check the"
                + " endpoint, and that no proxy answers in its place"));
    }

    /** Depending on the JDK, the end of a connection is an exception, or a JSON text that ends too early. */
    private static boolean isEarlyEnd(Throwable failure) {
        return failure instanceof EOFException
                || "Premature EOF".equals(failure.getMessage())
                || failure.getClass().getName().endsWith(".JsonEOFException");
    }
}
