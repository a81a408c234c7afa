package dev.modelsecrets.examples.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Calls the scoring service, one row a call, once more with a newer token where the first is refused. Not thread-safe.
 */
final class ScoringClient {

    private final URI service;
    private final Supplier<String> newerToken;
    private String token;
    private long takenAt = System.currentTimeMillis();

    ScoringClient(URI service, String token, Supplier<String> newerToken) {
        this.service = service;
        this.token = token;
        this.newerToken = newerToken;
    }

    /** Scores rows as they are asked for. */
    Iterator<Integer> scores(Iterator<Integer> rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Integer next() {
                return score(rows.next());
            }
        };
    }

    private int score(int row) {
        try {
            HttpURLConnection call = call(row);
            if (call.getResponseCode() == 401) {
                token = newerToken.get();
                takenAt = System.currentTimeMillis();
                call = call(row);
            }
            if (call.getResponseCode() != 200) {
                throw new IllegalStateException("row " + row + ": the service answered " + call.getResponseCode());
            }
            try (InputStream body = call.getInputStream()) {
                return Integer.parseInt(new String(body.readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpURLConnection call(int row) throws IOException {
        HttpURLConnection call =
                (HttpURLConnection) service.resolve("/score/" + row).toURL().openConnection();
        call.setRequestProperty("Authorization", "Bearer " + token);
        call.setRequestProperty(ScoringService.TAKEN_AT, Long.toString(takenAt));
        return call;
    }
}
