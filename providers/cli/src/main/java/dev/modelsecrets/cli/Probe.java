package dev.modelsecrets.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a vendor whether it accepts a key: one small request, 5 seconds at most, no redirect, the answer's text unread.
 *
 * <p>The key goes to that vendor's own address and nowhere else.
 */
final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What is known after the question. */
    enum Result {
        ACCEPTED("accepted"),
        REJECTED("rejected"),
        UNKNOWN("not known");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Who can be asked, and how. */
    enum Vendor {
        HUGGING_FACE("https://huggingface.co/api/whoami-v2", "Authorization", "Bearer "),
        OPENAI("https://api.openai.com/v1/models", "Authorization", "Bearer "),
        ANTHROPIC("https://api.anthropic.com/v1/models", "x-api-key", ""),
        GITHUB("https://api.github.com/rate_limit", "Authorization", "Bearer "),
        BASETEN("https://api.baseten.co/v1/models", "Authorization", "Api-Key ");

        private final String address;
        private final String header;
        private final String scheme;

        Vendor(String address, String header, String scheme) {
            this.address = address;
            this.header = header;
            this.scheme = scheme;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Vendor> of(String word) {
            for (Vendor vendor : values()) {
                if (vendor.word().equals(word)) {
                    return Optional.of(vendor);
                }
            }
            return Optional.empty();
        }
    }

    private Probe() {}

    /**
     * Asks about one key.
     *
     * @param override where to ask in place of the vendor's address; for tests
     */
    static Result ask(Vendor vendor, String key, Optional<URI> override) throws InterruptedException {
        URI address = override.orElse(URI.create(vendor.address));
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .timeout(TIMEOUT)
                    .header(vendor.header, vendor.scheme + key)
                    .header("User-Agent", Diagnostics.NAME);
            if (vendor == Vendor.ANTHROPIC) {
                request.header("anthropic-version", "2023-06-01");
            }
            int status = HttpClient.newBuilder()
                    .followRedirects(Redirect.NEVER)
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), BodyHandlers.discarding())
                    .statusCode();
            if (status >= 200 && status < 300) {
                return Result.ACCEPTED;
            }
            return status == 401 || status == 403 ? Result.REJECTED : Result.UNKNOWN;
        } catch (IOException | IllegalArgumentException e) {
            // No answer, or a key that no header can carry.
            return Result.UNKNOWN;
        }
    }
}
