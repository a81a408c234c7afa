package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.SpecialFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Secrets are read while somebody, at full speed, swaps files, directories and links: nothing outside is handed over.
 */
@Execution(ExecutionMode.SAME_THREAD)
class MountSwapTest {

    private static final int READS = 3_000;
    private static final int READS_OF_MINUTES = 200_000;

    @TempDir
    Path temporary;

    private Path mount;
    private Path outside;

    @BeforeEach
    void createMount() throws IOException {
        mount = Files.createDirectories(temporary.resolve("secrets/deep")).getParent();
        outside = Files.createDirectory(temporary.resolve("outside"));
        Files.writeString(mount.resolve("deep/file"), "inside");
        Files.writeString(outside.resolve("file"), "hunter2");
        Files.createSymbolicLink(mount.resolve("linked"), Path.of("deep/file"));
    }

    /** What is done over and over while secrets are read. */
    @FunctionalInterface
    private interface Swap {
        void run() throws Exception;
    }

    private void readWhile(String name, int reads, Swap swap) throws Exception {
        AtomicBoolean reading = new AtomicBoolean(true);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        MountedSecretProvider provider = MountedSecretProvider.at(mount);
        int found = 0;
        try {
            Future<?> swapping = thread.submit(() -> {
                while (reading.get()) {
                    swap.run();
                }
                return null;
            });
            for (int i = 0; i < reads; i++) {
                Map<String, Lookup> answers = provider.find(Set.of(name));
                Lookup answer = answers.get(name);
                if (answer.isFound()) {
                    assertThat(answer.value()).isEqualTo("inside");
                    found++;
                }
            }
            reading.set(false);
            swapping.get();
        } finally {
            reading.set(false);
            thread.shutdownNow();
        }
        assertThat(found).isPositive();
    }

    /** A file, and a link that leads out, take turns. */
    private void swapFileAndLink(int reads) throws Exception {
        Path file = mount.resolve("token");
        Path real = Files.writeString(mount.resolve("..real"), "inside");
        Path link = mount.resolve("..link");
        Files.writeString(file, "inside");
        readWhile("token", reads, () -> {
            Files.createSymbolicLink(link, outside.resolve("file"));
            Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
            Files.createLink(link, real);
            Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    @Test
    void find_fileAndLinkOutTakeTurns_neverIsTheFileOutside() throws Exception {
        swapFileAndLink(READS);
    }

    @Test
    @Tag("slow")
    void find_fileAndLinkOutTakeTurnsForMinutes_neverIsTheFileOutside() throws Exception {
        swapFileAndLink(READS_OF_MINUTES);
    }

    /** A directory on the way, and a link that leads out, take turns. */
    private void swapDirectoryAndLink(int reads) throws Exception {
        Path deep = mount.resolve("deep");
        Path aside = mount.resolve("..aside");
        Path link = Files.createSymbolicLink(mount.resolve("..link"), outside);
        readWhile("linked", reads, () -> {
            Files.move(deep, aside);
            Files.move(link, deep);
            Files.move(deep, link);
            Files.move(aside, deep);
        });
    }

    @Test
    void find_directoryAndLinkOutTakeTurns_neverIsTheFileOutside() throws Exception {
        swapDirectoryAndLink(READS);
    }

    @Test
    @Tag("slow")
    void find_directoryAndLinkOutTakeTurnsForMinutes_neverIsTheFileOutside() throws Exception {
        swapDirectoryAndLink(READS_OF_MINUTES);
    }

    /** A file and a FIFO take turns; each FIFO that is opened keeps a thread, so there are fewer reads. */
    @Test
    void find_fileAndFifoTakeTurns_neverHangs() throws Exception {
        Path file = Files.writeString(mount.resolve("token"), "inside");
        Path fifo = mount.resolve("..fifo");
        Path aside = mount.resolve("..aside");
        SpecialFiles.createFifo(fifo);
        readWhile("token", 500, () -> {
            Files.move(file, aside);
            Files.move(fifo, file);
            Files.move(file, fifo);
            Files.move(aside, file);
        });
    }
}
