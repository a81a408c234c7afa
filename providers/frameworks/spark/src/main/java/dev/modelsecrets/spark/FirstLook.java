package dev.modelsecrets.spark;

import dev.modelsecrets.SecretProviderException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries again while a source fails, with pauses that double from half a second to ten and lie anywhere between half and
 * whole, so that thousands of executors that start together do not come back together. A missing or denied secret is
 * not tried again.
 */
final class FirstLook {

    private static final long FIRST_PAUSE = Duration.ofMillis(500).toMillis();
    private static final int MOST_DOUBLINGS = 5;
    private static final long LONGEST_PAUSE = Duration.ofSeconds(10).toMillis();

    private final Duration timeout;

    FirstLook(Duration timeout) {
        this.timeout = timeout;
    }

    <T> T run(Supplier<T> look) {
        long begun = System.nanoTime();
        for (int attempt = 0; ; attempt++) {
            try {
                return look.get();
            } catch (SecretProviderException failure) {
                long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(attempt, MOST_DOUBLINGS));
                long pause = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
                long left = timeout.toMillis() - (System.nanoTime() - begun) / 1_000_000;
                if (pause > left || !sleep(pause)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
