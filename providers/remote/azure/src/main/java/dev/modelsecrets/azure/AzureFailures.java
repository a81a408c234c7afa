package dev.modelsecrets.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.identity.CredentialUnavailableException;
import dev.modelsecrets.azure.AnswerCheck.UnreadableAnswerException;
import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.ConnectionFailures;
import dev.modelsecrets.remote.SystemProxies;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a failed read comes to, in our own words.
 *
 * <p>Of an exception only status, error codes and classes are used: its message quotes the whole body. Immutable.
 */
final class AzureFailures {

    private static final Pattern LOGIN_ERROR_CODE = Pattern.compile("AADSTS[0-9]{1,10}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final String vault;
    private final URI address;
    private final ConnectionFailures network;

    /**
     * Creates the failures of a vault.
     *
     * @param vault the subject of a sentence
     * @param address the vault's URL
     * @param proxies chooses its proxy
     */
    AzureFailures(String vault, URI address, SystemProxies proxies) {
        this.vault = vault;
        this.address = address;
        this.network = ConnectionFailures.of(proxies);
    }

    static Answer disabled(String where) {
        return Answer.failed(where + " is disabled: enable it, or set a new version");
    }

    static Answer notYetValid(String where, String when) {
        return Answer.failed(where + " is not valid " + when
                + ": pin the version that is in use until then, or change the activation date");
    }

    /**
     * Returns what a failed read comes to.
     *
     * @param failure what the client library threw; thrown again if nothing is known about it
     * @param secret the secret's remote name
     * @param where the secret's identifier
     */
    Answer answer(RuntimeException failure, String secret, String where) throws InterruptedException {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof InterruptedException) {
                throw new InterruptedException();
            }
            if (cause instanceof UnreadableAnswerException unreadable) {
                return unreadable(unreadable.response, where);
            }
            if (cause instanceof HttpResponseException refused && isOfVault(refused.getResponse())) {
                return refused(refused.getResponse(), AzureError.of(refused.getValue()), secret, where);
            }
            if (cause instanceof HttpResponseException login) {
                return noLogin(login);
            }
            if (failure instanceof UncheckedIOException && isParsing(cause)) {
                return notKeyVaults(where);
            }
        }
        if (String.valueOf(failure.getMessage()).startsWith("The challenge resource ")) {
            return Answer.unavailable(vault + " was not asked: it asks for a login at a domain that does"
                    + " not match its host name. Use"
                    + " the vault's own host name, or give a client(..) with disableChallengeResourceVerification()");
        }
        return network.answer(vault, address, failure).orElseThrow(() -> failure);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /**
     * Tells a vault's answer from those that a credential got elsewhere: a 404 there is not a secret that is absent.
     */
    private boolean isOfVault(@Nullable HttpResponse response) {
        HttpRequest request = response == null ? null : response.getRequest();
        return request != null && request.getUrl().getHost().equalsIgnoreCase(address.getHost());
    }

    private static boolean isParsing(Throwable cause) {
        return cause instanceof IllegalStateException
                || cause.getClass().getName().startsWith("com.azure.json.");
    }

    private Answer refused(HttpResponse response, AzureError error, String secret, String where) {
        int status = response.getStatusCode();
        if (error.is("SecretDisabled")) {
            return disabled(where);
        }
        if (error.is("SecretNotYetValid")) {
            return notYetValid(where, "yet");
        }
        if (error.is("SecretExpired")) {
            return Answer.failed(where + " is expired: set a new version, or change the expiration date");
        }
        if (error.is("ObjectIsDeletedButRecoverable") || error.is("ObjectIsBeingDeleted")) {
            return Answer.failed(where + " is deleted: recover it (az keyvault secret recover), or set it anew");
        }
        if (status == 404 || error.is("SecretNotFound") || (status == 400 && error.saysNotFound())) {
            return Answer.absent(where + " does not exist, or is deleted");
        }
        if (error.is("ForbiddenByFirewall") || error.is("ForbiddenByConnection")) {
            return Answer.unavailable(vault + " does not let this machine in" + error
                    + ": change the vault's network rules, or use its private endpoint");
        }
        if (status == 403) {
            return Answer.denied(vault + " refuses to read secrets/" + secret + error
                    + ": grant the role Key Vault Secrets User, or the access policy's permission get");
        }
        return byStatus(response, error, where);
    }

    private Answer unreadable(HttpResponse response, String where) {
        return response.getStatusCode() == 200 ? notKeyVaults(where) : byStatus(response, AzureError.NONE, where);
    }

    private static Answer notKeyVaults(String where) {
        return Answer.failed(where + " came back as something that Key Vault does not send: check the vault's URL");
    }

    private Answer byStatus(HttpResponse response, AzureError error, String where) {
        int status = response.getStatusCode();
        if (status == 401) {
            return Answer.unavailable(vault + " refuses the login" + error
                    + ": the token has expired, or is of another tenant than the vault");
        }
        if (status == 429) {
            return Answer.busy(vault + " answers 429 (too many requests)", retryAfter(response));
        }
        if (status >= 500) {
            return Answer.busy(vault + " answers " + status, retryAfter(response));
        }
        return error == AzureError.NONE
                ? Answer.unavailable(vault + " answers " + status
                        + " without an error of Key Vault: check the vault's URL, and the proxies before it")
                : Answer.failed(vault + " answers " + status + error + " for " + where);
    }

    private static @Nullable Duration retryAfter(HttpResponse response) {
        String seconds = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
        return seconds != null && SECONDS.matcher(seconds).matches()
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : null;
    }

    private Answer noLogin(HttpResponseException failure) {
        if (failure instanceof CredentialUnavailableException) {
            return Answer.unavailable(vault + " was not asked, as no credential was found: set AZURE_TENANT_ID,"
                    + " AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, give the process a workload identity or a managed"
                    + " identity, or run az login");
        }
        Matcher code = LOGIN_ERROR_CODE.matcher(String.valueOf(failure.getMessage()));
        return Answer.unavailable(
                vault + " was not asked, as the login failed" + (code.find() ? " (" + code.group() + ")" : "")
                        + ": check tenant, client and secret or certificate of the credential");
    }
}
