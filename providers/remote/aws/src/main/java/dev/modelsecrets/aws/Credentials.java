package dev.modelsecrets.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Credentials that were given, or the SDK's default ones: found at the first call, and anew once AWS refuses them.
 *
 * <p>The SDK keeps credentials until their own date of expiry, even after AWS refused them. This is not {@link
 * AutoCloseable} on purpose: a client would close it. Thread-safe; one thread logs in for all.
 */
final class Credentials implements AwsCredentialsProvider {

    private static final String NO_ROLE = "the role of AWS_ROLE_ARN could not be assumed with the token in"
            + " AWS_WEB_IDENTITY_TOKEN_FILE: check that the file is there and that the role trusts"
            + " this service account";
    private static final String NONE = "no AWS credentials were found: set AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, or log in to the profile that AWS_PROFILE names (profiles with"
            + " single sign-on need"
            + " the SDK's modules sso and ssooidc on the class path), or attach a role to the pod, task or instance";

    private final @Nullable AwsCredentialsProvider given;
    private final Supplier<AwsCredentialsProvider> finder;
    private @Nullable AwsCredentialsProvider found;
    private int renewals;

    private Credentials(@Nullable AwsCredentialsProvider given, Supplier<AwsCredentialsProvider> finder) {
        this.given = given;
        this.finder = finder;
    }

    /** Takes credentials of somebody else's, which stay open. */
    static Credentials given(AwsCredentialsProvider credentials) {
        return new Credentials(credentials, () -> credentials);
    }

    /** Looks where the SDK looks. */
    static Credentials ofThisProcess() {
        return foundBy(Credentials::chain);
    }

    /** Asks a finder for a chain, which is closed here. */
    static Credentials foundBy(Supplier<AwsCredentialsProvider> finder) {
        return new Credentials(null, finder);
    }

    private static AwsCredentialsProvider chain() {
        return isWebIdentity()
                ? WebIdentityTokenFileCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    /**
     * Tells whether the SDK's chain would first of all assume a role; if that fails, it takes whatever else there is.
     */
    private static boolean isWebIdentity() {
        return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent()
                && SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isEmpty();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return given == null ? resolveFound() : resolveGiven(given);
    }

    private static AwsCredentials resolveGiven(AwsCredentialsProvider given) {
        try {
            return given.resolveCredentials();
        } catch (RuntimeException e) {
            throw new MissingSetupException(
                    "the credentials that credentials(..) was given could not be loaded (they failed with "
                            + e.getClass().getName() + ")");
        }
    }

    private synchronized AwsCredentials resolveFound() {
        try {
            if (found == null) {
                found = finder.get();
            }
            return found.resolveCredentials();
        } catch (RuntimeException e) {
            throw new MissingSetupException(isWebIdentity() ? NO_ROLE : NONE);
        }
    }

    /** Returns a number that {@link #renew} takes. */
    synchronized int renewals() {
        return renewals;
    }

    /** Forgets what was found, unless another thread did so since they had this number. */
    synchronized void renew(int seen) {
        if (seen == renewals) {
            renewals++;
            close();
        }
    }

    /** Closes what was found. */
    synchronized void close() {
        if (found instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
        found = null;
    }
}
