package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.ConnectionFailures;
import dev.modelsecrets.remote.SystemProxies;
import java.util.Optional;

/** Says what went wrong, in sentences about the server and the Secret that was asked for. */
final class KubernetesFailures {

    private final KubernetesConnection connection;

    KubernetesFailures(KubernetesConnection connection) {
        this.connection = connection;
    }

    /** Says what an answer other than 200 to a request for a Secret comes to. */
    Answer answer(KubernetesError error, String secret) {
        return switch (error.status()) {
            case 401 -> Answer.unavailable(loginNotAccepted());
            case 403 ->
                Answer.denied(server() + " refuses to read " + connection.where(secret)
                        + ": let a Role of this account grant the verb get on the resource secrets, resourceNames "
                        + secret);
            case 404 -> missing(error, secret);
            case 429 ->
                Answer.busy(
                        server() + " answers 429 (too many requests)",
                        error.retryAfter().orElse(null));
            default -> other(error, secret);
        };
    }

    private Answer missing(KubernetesError error, String secret) {
        if (!error.ofKubernetes()) {
            // Taken for absent, a wrong address would let an older value win.
            return Answer.unavailable(server() + " answers 404, but not as an API server does: check the address");
        }
        return Answer.absent(
                error.missingKind().equals("namespaces")
                        ? "the namespace " + connection.namespace().orElse("") + " does not exist in " + server()
                        : connection.where(secret) + " does not exist in " + server());
    }

    private Answer other(KubernetesError error, String secret) {
        if (error.isRedirect()) {
            return Answer.unavailable(redirected(error.status()));
        }
        return error.status() >= 500
                ? Answer.busy(
                        server() + " answers " + error.status(),
                        error.retryAfter().orElse(null))
                : Answer.failed(
                        server() + " answers " + error.status() + " to a request for " + connection.where(secret));
    }

    /** Says that a login was refused. */
    String loginNotAccepted() {
        return server() + " does not accept the login: the token is missing, wrong or expired";
    }

    /** Says that another address was named. */
    String redirected(int status) {
        return server() + " redirects to another address (" + status
                + "), where the token is not sent: configure the address that the API server has";
    }

    /** Says that something else answers in the place of an API server. */
    String notAnApiServer() {
        return server() + " does not answer as an API server does: check the address";
    }

    /** Says why no answer came. */
    Answer unreachable(Exception failure) throws InterruptedException {
        return words().answer(server(), connection.address().orElse(null), failure)
                .orElseGet(() -> Answer.unavailable(unexpected(failure)));
    }

    /** Says why no answer came, for a log. */
    String unreachableInWords(Throwable failure) throws InterruptedException {
        return words().sentence(server(), connection.address().orElse(null), failure)
                .orElseGet(() -> unexpected(failure));
    }

    private String unexpected(Throwable failure) {
        return server() + " could not be asked: the client failed with "
                + failure.getClass().getName();
    }

    private ConnectionFailures words() {
        return ConnectionFailures.of(
                connection.proxies().orElseGet(SystemProxies::create),
                "give the client the cluster's certificate authority");
    }

    /** Returns the server in words. */
    String server() {
        return connection.description();
    }

    /** Returns an empty answer for a client that was made, and the reason for one that could not be. */
    Optional<Answer> connect() {
        try {
            connection.get();
            return Optional.empty();
        } catch (UnusableConfigurationException e) {
            return Optional.of(Answer.unavailable(e.getMessage()));
        }
    }
}
