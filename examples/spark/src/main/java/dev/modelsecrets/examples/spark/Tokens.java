package dev.modelsecrets.examples.spark;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes tokens, writes them where the source looks, and tells the service. All hold the same mark, to search for. */
final class Tokens {

    /** Stands in every token, with characters around it that vary. */
    static final String MARK = "test-token-for-spark-Zq7Xw";

    private final Path directory;
    private final ScoringService service;
    private final AtomicInteger made = new AtomicInteger();
    private String current;

    Tokens(Path directory, ScoringService service) throws IOException {
        this.directory = directory;
        this.service = service;
        Files.createDirectories(directory);
        current = write();
    }

    synchronized void rotate() throws IOException {
        String former = current;
        current = write();
        service.replaced(former);
    }

    private String write() throws IOException {
        String token = made.incrementAndGet() + "-" + MARK + "-" + made.get();
        service.accept(token);
        Path file = Files.writeString(directory.resolve(".new"), token);
        Files.move(file, directory.resolve("scoring_token"), ATOMIC_MOVE);
        return token;
    }

    int rotations() {
        return made.get() - 1;
    }

    void setDown(boolean down) throws IOException {
        Path file = directory.resolve(TeamStore.DOWN);
        if (down) {
            Files.writeString(file, "");
        } else {
            Files.deleteIfExists(file);
        }
    }
}
