package dev.modelsecrets.examples.benchmarks.runtime;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** A log as a model server writes it; one line in a hundred holds a secret. */
final class Log {

    private static final String[] WORDS = {
        "request", "for", "model", "loaded", "from", "cache", "took", "ms", "status", "handler",
    };

    private Log() {}

    /** Returns a log of at least as many characters, the same each time. */
    static String write(Map<String, String> secrets, int characters) {
        Random random = new Random(1);
        List<String> values = List.copyOf(secrets.values());
        StringBuilder log = new StringBuilder(characters + 300);
        for (int line = 0; log.length() < characters; line++) {
            log.append("2026-01-02T03:04:05.").append(100 + random.nextInt(900)).append("Z INFO [worker-");
            log.append(random.nextInt(16)).append(']');
            for (int i = 0; i < 12; i++) {
                log.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
            }
            log.append(" id=").append(Long.toHexString(random.nextLong()));
            if (line % 100 == 0) {
                log.append(" token=").append(values.get(random.nextInt(values.size())));
            }
            log.append('\n');
        }
        return log.toString();
    }
}
