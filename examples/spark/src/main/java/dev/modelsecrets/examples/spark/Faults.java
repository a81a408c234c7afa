package dev.modelsecrets.examples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens while the job runs: a rotation every 600 ms, an executor is killed, the driver's store is down for 20
 * seconds, an executor fails until Spark excludes it.
 */
final class Faults {

    private static final int PAUSE = 600;
    private static final int OUTAGE = 20_000;

    private final Cluster cluster;
    private final Tokens tokens;
    private final Path exclude;
    private final Duration interval;
    private final AtomicInteger outages = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "faults");
    private volatile boolean stopped;

    Faults(Cluster cluster, Tokens tokens, Path exclude, Duration interval) {
        this.cluster = cluster;
        this.tokens = tokens;
        this.exclude = exclude;
        this.interval = interval;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join();
    }

    int outages() {
        return outages.get();
    }

    private void run() {
        try {
            rotate(10);
            cluster.kill("0");
            rotate(15);
            // A token that nobody could read before the store went down cannot reach anybody.
            Thread.sleep(interval.toMillis());
            tokens.setDown(true);
            Thread.sleep(OUTAGE);
            tokens.setDown(false);
            outages.incrementAndGet();
            rotate(15);
            // It has lived from the beginning.
            Files.writeString(exclude, "1");
            while (!stopped) {
                rotate(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void rotate(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            Thread.sleep(PAUSE);
            tokens.rotate();
        }
    }
}
