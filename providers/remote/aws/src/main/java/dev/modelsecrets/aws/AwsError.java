package dev.modelsecrets.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What AWS said instead of a value: a status and a code, never its message, which may quote what was sent.
 *
 * @param status the HTTP status; 0 for one secret of a batch
 * @param code the error code; null if there is none, as from a proxy
 * @param pause how long it asked to be left alone; null if it did not say
 */
record AwsError(int status, @Nullable String code, @Nullable Duration pause) {

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9]{1,63}");

    private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation");
    private static final Set<String> EXPIRED = Set.of("ExpiredTokenException", "ExpiredToken");
    private static final Set<String> UNKNOWN_KEY = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "InvalidToken",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException");
    private static final Set<String> WRONG_SIGNATURE = Set.of(
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "AuthFailure",
            "RequestExpired",
            "RequestInTheFuture",
            "RequestTimeTooSkewed");
    private static final Set<String> BUSY = Set.of(
            "InternalServiceError",
            "InternalFailure",
            "InternalServerError",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "RequestTimeout",
            "RequestTimeoutException",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestThrottledException",
            "RequestLimitExceeded",
            "SlowDown",
            "TooManyRequestsException");
    private static final Set<String> NO_SUCH_CALL = Set.of(
            "UnknownOperationException", "UnknownOperation", "UnsupportedOperation", "InvalidAction", "NotImplemented");

    static AwsError of(SdkServiceException e) {
        AwsErrorDetails details = e instanceof AwsServiceException aws ? aws.awsErrorDetails() : null;
        if (details == null) {
            return new AwsError(e.statusCode(), null, null);
        }
        Optional<Duration> pause = Optional.ofNullable(details.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("Retry-After"))
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        return new AwsError(e.statusCode(), checked(details.errorCode()), pause.orElse(null));
    }

    /** Takes the code that a batch gives for one of its secrets. */
    static AwsError ofOneInBatch(@Nullable String code) {
        return new AwsError(0, checked(code), null);
    }

    /** Returns the code only if it has the form of one: a proxy may have answered in place of AWS. */
    private static @Nullable String checked(@Nullable String code) {
        return code != null && CODE.matcher(code).matches() ? code : null;
    }

    private boolean isIn(Set<String> codes) {
        return code != null && codes.contains(code);
    }

    boolean isBusy() {
        return status != 501 && (status >= 500 || status == 429 || isIn(BUSY));
    }

    boolean isAboutCredentials() {
        return isExpired() || isUnknownKey() || isWrongSignature();
    }

    boolean isExpired() {
        return isIn(EXPIRED);
    }

    boolean isUnknownKey() {
        return isIn(UNKNOWN_KEY);
    }

    boolean isWrongSignature() {
        return isIn(WRONG_SIGNATURE);
    }

    boolean isDenied() {
        return isIn(DENIED) || (status == 403 && code == null);
    }

    /** Tells whether it may be due to the batch, so that its secrets are to be read one by one. */
    boolean isAboutTheBatch() {
        boolean crash = status == 500 && code == null; // how some test doubles say that they have no such call
        boolean fault = code != null && status >= 400 && status < 500 && !isBusy() && !isAboutCredentials();
        return crash || fault || isDenied() || hasNoSuchCall();
    }

    /** Tells whether the next batch would be refused as well. */
    boolean isOfAllBatches() {
        return isDenied() || hasNoSuchCall();
    }

    private boolean hasNoSuchCall() {
        return status == 501 || status == 405 || (status == 404 && code == null) || isIn(NO_SUCH_CALL);
    }

    /** Returns {@code 400 (SomeException)}, or what there is of the two. */
    @Override
    public String toString() {
        if (code == null) {
            return String.valueOf(status);
        }
        return status == 0 ? code : status + " (" + code + ")";
    }
}
