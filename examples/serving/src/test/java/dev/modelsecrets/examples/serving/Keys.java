package dev.modelsecrets.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Made-up values of every secret in the example, and a check that no piece of any of them shows up. Thread-safe. */
final class Keys {

    /** Letters that never make a word, so that a piece in a log is no coincidence. */
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int PIECE = 6;

    private final Set<String> values = ConcurrentHashMap.newKeySet();

    /** Returns the keys of the two models of this process in a generation, and the third model's in another. */
    Map<String, String> of(int generation, int license) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name :
                new String[] {"hf_access_token", "hf_endpoint_key", "bucket_access_key", "bucket_secret_key"}) {
            secrets.put(name, value(name, generation));
        }
        secrets.put("license_id", value("license_id", license));
        secrets.put("license.key", value("license.key", license));
        return secrets;
    }

    String value(String name, int generation) {
        Random random = new Random(31L * name.hashCode() + generation);
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            value.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        value.append('-').append(generation);
        values.add(value.toString());
        return value.toString();
    }

    /** Fails, without saying more than where, if six characters of any value are in a text. */
    void assertNothingLeaksInto(String text) {
        Set<String> pieces = new HashSet<>();
        for (String value : values) {
            for (int i = 0; i + PIECE <= value.length(); i++) {
                pieces.add(value.substring(i, i + PIECE));
            }
        }
        assertThat(pieces).isNotEmpty();
        for (int i = 0; i + PIECE <= text.length(); i++) {
            if (pieces.contains(text.substring(i, i + PIECE))) {
                throw new AssertionError(
                        "a piece of a value is at " + i + ", after " + text.substring(Math.max(0, i - 60), i));
            }
        }
    }
}
