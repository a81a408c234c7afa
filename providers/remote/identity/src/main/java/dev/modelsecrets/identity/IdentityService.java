package dev.modelsecrets.identity;

import dev.modelsecrets.remote.Answer;
import dev.modelsecrets.remote.ConnectionFailures;
import dev.modelsecrets.remote.Deadline;
import dev.modelsecrets.remote.HttpConnection;
import dev.modelsecrets.remote.HttpReply;
import dev.modelsecrets.remote.RemoteService;
import dev.modelsecrets.remote.SystemProxies;
import dev.modelsecrets.remote.TokenFile;
import dev.modelsecrets.standard.MalformedDocumentException;
import dev.modelsecrets.standard.SecretDocument;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Trades the token at one endpoint, and keeps the credential for two thirds of its life. Thread-safe. */
final class IdentityService implements RemoteService {

    /** The codes of RFC 6749 and 8693; what does not look like one may be anything. */
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private final String name;
    private final URI endpoint;
    private final Path tokenFile;
    private final Grant grant;
    private final Map<String, String> parameters;
    private final HttpConnection http;
    private final ConnectionFailures failures;
    private final ReentrantLock lock = new ReentrantLock();

    private transient @Nullable Answer credential;
    private Instant due = Instant.MIN;

    IdentityService(
            String name,
            URI endpoint,
            Path tokenFile,
            Grant grant,
            Map<String, String> parameters,
            SystemProxies proxies,
            @Nullable SSLContext trust) {
        this.name = name;
        this.endpoint = endpoint;
        this.tokenFile = tokenFile;
        this.grant = grant;
        this.parameters = new LinkedHashMap<>(parameters);
        this.http = new HttpConnection(URI.create("https://" + endpoint.getRawAuthority()), proxies, trust);
        this.failures = ConnectionFailures.of(proxies);
    }

    @Override
    public String description() {
        return "the token endpoint " + endpoint.getScheme() + "://" + endpoint.getRawAuthority()
                + endpoint.getRawPath();
    }

    @Override
    public String where(String secret) {
        return description();
    }

    @Override
    public Optional<String> remedy(String secret, @Nullable String key) {
        return secret.equals(name)
                ? Optional.of("let the platform project an OIDC token into " + tokenFile + ", and let "
                        + endpoint.getHost() + " trust its issuer")
                : Optional.empty();
    }

    @Override
    public Map<String, Answer> read(Set<String> secrets, Deadline attempt) throws InterruptedException {
        Map<String, Answer> answers = new HashMap<>();
        for (String secret : secrets) {
            answers.put(
                    secret,
                    secret.equals(name)
                            ? credential(attempt)
                            : Answer.absent(description() + " gives " + name + " only"));
        }
        return answers;
    }

    private Answer credential(Deadline attempt) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Answer present = credential;
            if (present != null && Instant.now().isBefore(due)) {
                return present;
            }
            return exchange(TokenFile.read("the identity token", tokenFile), attempt);
        } catch (IOException e) {
            return Answer.unavailable(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    private Answer exchange(String token, Deadline attempt) throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.putAll(grant.parameters(token));
        String query = endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery();
        HttpReply reply;
        try {
            reply = http.send(
                    http.request(endpoint.getRawPath() + query)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Accept", "application/json")
                            .POST(BodyPublishers.ofString(encoded(form))),
                    attempt);
        } catch (IOException e) {
            return failures.answer(description(), endpoint, e)
                    .orElse(Answer.unavailable(description() + " gave an answer that is not HTTP"));
        }
        return reply.status() == 200 ? granted(reply) : refused(reply);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Answer granted(HttpReply reply) {
        Optional<SecretDocument> json = json(reply);
        if (json.isEmpty()) {
            return Answer.unavailable(description() + " gave an answer that is not JSON: check the address");
        }
        Answer answer = Answer.text(reply.text());
        String seconds = json.get().value("expires_in").orElse("");
        if (!seconds.matches("[1-9]\\d{0,8}")) {
            return answer; // without an end it is traded anew each time
        }
        Instant now = Instant.now();
        Duration life = Duration.ofSeconds(Long.parseLong(seconds));
        credential = answer.expiringAt(now.plus(life));
        due = now.plus(life.multipliedBy(2).dividedBy(3));
        return credential;
    }

    private Answer refused(HttpReply reply) {
        int status = reply.status();
        String code = json(reply)
                .flatMap(json -> json.value("error"))
                .filter(error -> CODE.matcher(error).matches())
                .map(error -> " (" + error + ")")
                .orElse("");
        if (status == 429 || status >= 500) {
            return Answer.busy(
                    description() + " answers " + status, reply.retryAfter().orElse(null));
        }
        if (status == 400 || status == 401 || status == 403) {
            return Answer.denied(description() + " rejected the identity token in " + tokenFile + code
                    + ": check its audience, and which issuer and subject are trusted there");
        }
        return Answer.unavailable(description() + " answers " + status + code
                + (status >= 300 && status < 400
                        ? ", a redirect, which is never followed with a token: give its target"
                        : ": check the address"));
    }

    private static Optional<SecretDocument> json(HttpReply reply) {
        try {
            return Optional.of(SecretDocument.json(reply.text()));
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void expire() {
        lock.lock();
        try {
            credential = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
