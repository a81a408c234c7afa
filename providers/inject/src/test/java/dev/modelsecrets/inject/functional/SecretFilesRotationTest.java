package dev.modelsecrets.inject.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.SecretFiles;
import dev.modelsecrets.inject.SecretInjection;
import dev.modelsecrets.inject.SecretInjectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are replaced while others read them. */
@Timeout(120)
class SecretFilesRotationTest {

    private static final int UPDATES = 1_000;
    private static final int READERS = 2;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @TempDir
    Path temporary;

    private static SecretInjection injection() {
        SecretInjection.Builder builder = SecretInjection.builder();
        NAMES.forEach(name -> builder.file(name, name.equals("d") ? "sub/d" : name));
        return builder.build();
    }

    /** Returns secrets that all have the same value, long enough that it is not written by chance in one piece. */
    private static Secrets generation(int number) {
        Map<String, String> values = new HashMap<>();
        NAMES.forEach(name -> values.put(name, (number + ";").repeat(500)));
        return Secrets.of(values);
    }

    /** Reads all files below what ..data leads to; starts again when that generation is removed meanwhile. */
    private static Set<String> readWholeGeneration(Path directory) throws IOException {
        while (true) {
            try {
                Path data = directory.resolve("..data").toRealPath();
                Set<String> values = new LinkedHashSet<>();
                for (String name : NAMES) {
                    values.add(Files.readString(data.resolve(name.equals("d") ? "sub/d" : name)));
                }
                return values;
            } catch (NoSuchFileException e) {
                assertThat(Files.isSymbolicLink(directory.resolve("..data")))
                        .as("..data is there all the time")
                        .isTrue();
            }
        }
    }

    @Test
    void update_aThousandTimesUnderReaders_showsWholeGenerationsOnlyAndNeverAnOlderOne() throws Exception {
        Path directory = temporary.resolve("secrets");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger generationsSeen = new AtomicInteger();
        CountDownLatch reading = new CountDownLatch(READERS);
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try (SecretFiles files = injection().plan(generation(0)).writeTo(directory)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                results.add(readers.submit(() -> {
                    int newest = 0;
                    while (!done.get()) {
                        Set<String> values = readWholeGeneration(directory);
                        assertThat(values).hasSize(1);
                        String value = values.iterator().next();
                        int number = Integer.parseInt(value.substring(0, value.indexOf(';')));
                        assertThat(value).isEqualTo((number + ";").repeat(500));
                        assertThat(number).isGreaterThanOrEqualTo(newest);
                        if (number > newest) {
                            generationsSeen.incrementAndGet();
                        }
                        newest = number;
                        reading.countDown();
                    }
                    return null;
                }));
            }
            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
            for (int number = 1; number <= UPDATES; number++) {
                files.update(generation(number));
            }
            done.set(true);
            for (Future<?> result : results) {
                result.get();
            }
            assertThat(generationsSeen).hasValueGreaterThan(10);
            assertThat(readWholeGeneration(directory)).containsExactly((UPDATES + ";").repeat(500));
            try (var entries = Files.list(directory)) {
                assertThat(entries).hasSize(NAMES.size() + 2);
            }
        } finally {
            done.set(true);
            readers.shutdownNow();
        }

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void update_fromManyThreadsAndThenClosed_leavesNothing() throws Exception {
        Path directory = temporary.resolve("secrets");
        SecretFiles files = injection().plan(generation(0)).writeTo(directory);
        CountDownLatch updated = new CountDownLatch(20);
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(writers.submit(() -> {
                    for (int number = 1; number <= 1_000_000; number++) {
                        files.update(generation(number));
                        updated.countDown();
                    }
                }));
            }
            assertThat(updated.await(60, TimeUnit.SECONDS)).isTrue();
            files.close();
            for (Future<?> result : results) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> rethrow(result))
                        .withMessage("the secret files in " + directory + " are closed");
            }
        } finally {
            writers.shutdownNow();
        }

        assertThat(temporary).isEmptyDirectory();
    }

    private static void rethrow(Future<?> result) throws InterruptedException {
        try {
            result.get();
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    @Test
    void writeTo_manyAtOnceToOneDirectory_oneSucceedsAndTheOthersLeaveNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            Path directory = temporary.resolve("secrets" + round);
            CountDownLatch start = new CountDownLatch(1);
            ExecutorService writers = Executors.newFixedThreadPool(4);
            List<SecretFiles> written = new ArrayList<>();
            try {
                List<Future<SecretFiles>> results = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int number = i;
                    results.add(writers.submit(() -> {
                        start.await();
                        return injection().plan(generation(number)).writeTo(directory);
                    }));
                }
                start.countDown();
                for (Future<SecretFiles> result : results) {
                    try {
                        written.add(result.get());
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).isExactlyInstanceOf(SecretInjectionException.class);
                    }
                }
            } finally {
                writers.shutdownNow();
            }

            assertThat(written).hasSizeLessThanOrEqualTo(1);
            if (!written.isEmpty()) {
                assertThat(readWholeGeneration(directory)).hasSize(1);
                written.get(0).close();
            }
            try (var left = Files.walk(temporary)) {
                assertThat(left).allMatch(Files::isDirectory).hasSizeLessThanOrEqualTo(round + 2);
            }
        }
    }
}
