package dev.modelsecrets.examples.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rotates the mount while clients send requests over kept connections. */
class ServingUnderRotationTest {

    private static final int ROTATIONS = 200;
    private static final int REQUESTS_A_ROTATION = 100;
    private static final int CLIENTS = 4;

    private final Keys keys = new Keys();
    private final AtomicInteger requests = new AtomicInteger();

    /** The newest generation that any answer had: of the models in turn. */
    private final Map<String, AtomicInteger> newest =
            Map.of("sentiment", new AtomicInteger(), "upscaler", new AtomicInteger());

    private volatile boolean rotating = true;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void requests_whileTheMountRotates_eachSeeOneGenerationAndNoneIsLost() throws Exception {
        RotatingMount mount = new RotatingMount(directory.resolve("secrets"));
        mount.publish(keys.of(0, 0));
        StringBuilder output = new StringBuilder();
        RunningServer running;
        try (RunningServer server = RunningServer.of(mount, Map.of(), Duration.ofMillis(5))) {
            running = server;
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(clients.submit(() -> sendRequests(server)));
            }
            try {
                rotate(mount, answers);
            } finally {
                rotating = false;
                clients.shutdown();
            }
            for (Future<String> each : answers) {
                output.append(each.get());
            }
            output.append(server.health());
        }
        String log = running.log();

        assertThat(requests.get()).isGreaterThanOrEqualTo(ROTATIONS * REQUESTS_A_ROTATION);
        keys.assertNothingLeaksInto(output.append(log).toString());
        // The redactor had something to do, in the lines of the server and in those of the child.
        assertThat(log)
                .contains("Authorization: Bearer [secret:hf_access_token]")
                .contains("custom: licensed by [secret:license_id]:[secret:license.key]")
                .doesNotContain("failed");
    }

    /** Waits after each rotation until both models have answered with it. */
    private void rotate(RotatingMount mount, List<Future<String>> clients)
            throws IOException, InterruptedException, ExecutionException {
        for (int generation = 1; generation <= ROTATIONS; generation++) {
            mount.publish(keys.of(generation, 0));
            while (requests.get() < generation * REQUESTS_A_ROTATION || !haveAnsweredWith(generation)) {
                for (Future<String> client : clients) {
                    if (client.isDone()) {
                        client.get();
                    }
                }
                Thread.sleep(1);
            }
        }
    }

    private boolean haveAnsweredWith(int generation) {
        return newest.values().stream().allMatch(seen -> seen.get() == generation);
    }

    /** Sends requests until the last rotation, and returns all distinct answers. */
    private String sendRequests(RunningServer server) throws IOException, InterruptedException {
        StringBuilder output = new StringBuilder();
        for (int i = 0; rotating; i++) {
            if (i % 50 == 0) {
                output.append(check(server.predict("custom"), 0, 0));
                output.append(server.health());
            } else {
                String model = i % 2 == 0 ? "sentiment" : "upscaler";
                AtomicInteger seen = newest.get(model);
                int before = seen.get();
                HttpResponse<String> answer = server.predict(model);
                int generation = check(answer, before, ROTATIONS);
                seen.accumulateAndGet(generation, Math::max);
                output.append(answer.body());
            }
            requests.incrementAndGet();
        }
        return output.toString();
    }

    /** An answer is 200 and has one generation, which is no older than any answer before the request was sent. */
    private static int check(HttpResponse<String> answer, int oldest, int youngest) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).matches("\\{\"prediction\": \"[0-9]{1,3}\"}\n");
        int generation = Integer.parseInt(answer.body().replaceAll("[^0-9]", ""));
        assertThat(generation).isBetween(oldest, youngest);
        return generation;
    }
}
