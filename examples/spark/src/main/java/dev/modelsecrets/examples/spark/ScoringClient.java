package dev.modelsecrets.examples.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Iterator;

/** Calls the scoring service, one row a call. */
final class ScoringClient {

    private final URI service;
    private final String token;

    ScoringClient(URI service, String token) {
        this.service = service;
        this.token = token;
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
            HttpURLConnection call =
                    (HttpURLConnection) service.resolve("/score/" + row).toURL().openConnection();
            call.setRequestProperty("Authorization", "Bearer " + token);
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
}
