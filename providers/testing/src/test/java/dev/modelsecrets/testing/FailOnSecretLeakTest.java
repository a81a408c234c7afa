package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Isolated, because the tests within compare the process's streams, and run as if nothing else ran. */
@Isolated
@SuppressWarnings("SystemOut")
class FailOnSecretLeakTest {

    private static final String ADVICE =
            "\nPrint the Secrets or their names instead of a value, or send the output through a redactor().";

    private static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "8");

    @Test
    void test_withoutLeak_passesAndStreamsArePutBack() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        int handlers = Logger.getLogger("").getHandlers().length;
        TestRun.of(Clean.class).passed(2);
        assertThat(System.out).isSameAs(out);
        assertThat(System.err).isSameAs(err);
        assertThat(Logger.getLogger("").getHandlers()).hasSize(handlers);
    }

    @FailOnSecretLeak
    @SecretFixture(name = "hf_access_token", value = "test-token-of-clean")
    static class Clean {

        @Test
        void prints(Secrets secrets) {
            System.out.println(secrets);
            System.out.println(secrets.redactor().redact("the token is test-token-of-clean"));
        }

        @Test
        void isWatched() {
            assertThat(System.out.getClass().getName()).isEqualTo("java.io.PrintStream");
        }
    }

    @Test
    void test_printsValue_failsAndSaysWhere() {
        assertThat(TestRun.of(ToOut.class).failure())
                .isEqualTo("secrets leaked during leaks():\n  hf_access_token  System.out, line 3" + ADVICE);
    }

    @FailOnSecretLeak
    @SecretFixture(name = "hf_access_token", value = "test-token-to-out")
    static class ToOut {

        @Test
        void leaks() {
            System.out.println("one\ntwo");
            System.out.print("Bearer test-token");
            System.out.println("-to-out");
        }
    }

    @Test
    void test_printsInManyWays_findsEach() {
        TestRun run = TestRun.of(ManyWays.class);
        assertThat(run.failedNames())
                .containsExactly(
                        "asBase64()",
                        "asBytes()",
                        "asHex()",
                        "asJson()",
                        "asUrl()",
                        "multiLine()",
                        "partOfJson()",
                        "shortLines()");
        assertThat(run.failures())
                .allSatisfy(failure -> assertThat(failure)
                        .hasMessageContaining("secret  System.err, line 1")
                        .hasMessageNotContaining("value&of")
                        .hasMessageNotContaining("abc"));
    }

    @FailOnSecretLeak
    @SecretFixture(name = "secret", value = "a \"value&of\" the/secret")
    static class ManyWays {

        private static final String VALUE = "a \"value&of\" the/secret";

        @Test
        void asBase64() {
            System.err.println(Base64.getEncoder().encodeToString(("user:" + VALUE).getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        void asUrl() {
            System.err.println("?q=" + URLEncoder.encode(VALUE, StandardCharsets.UTF_8));
        }

        @Test
        void asHex() {
            System.err.println(HexFormat.of().formatHex(VALUE.getBytes(StandardCharsets.UTF_8)));
        }

        @Test
        @SecretFixture(name = "secret", value = "{\"password\":\"test-password\",\"region\":\"us-east-1\"}")
        void partOfJson() {
            System.err.println("test-password");
        }

        @Test
        @SecretFixture(name = "secret", value = "{\"password\":\"test-password\",\"region\":\"us-east-1\"}")
        void publicPartOfJson() {
            System.err.println("us-east-1");
        }

        @Test
        void asJson() {
            System.err.println("{\"token\": \"a \\\"value&of\\\" the/secret\"}");
        }

        @Test
        void asBytes() {
            for (byte b : VALUE.getBytes(StandardCharsets.UTF_8)) {
                System.err.write(b);
            }
            System.err.flush();
        }

        @Test
        @SecretFixture(name = "secret", value = "first line of it\nsecond line of it\n")
        void multiLine() {
            System.err.println("first line of it");
        }

        @Test
        @SecretFixture(name = "secret", value = "abc\ndef\nghi")
        void shortLines() {
            System.err.println("--abc\ndef\nghi--");
        }
    }

    @Test
    void test_logsValue_namesTheLogger() {
        TestRun run = TestRun.of(ToLog.class);
        assertThat(run.failedNames()).containsExactly("inException()", "inParameter()", "overSlf4j()");
        assertThat(run.failures())
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining("token  logger demo.jul, WARNING"))
                .anySatisfy(failure -> assertThat(failure).hasMessageContaining("token  logger demo.cause, SEVERE"))
                .anySatisfy(
                        failure -> assertThat(failure).hasMessageContaining("token  logger dev.modelsecrets, WARNING"));
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-to-log")
    static class ToLog {

        @Test
        void inParameter() {
            Logger.getLogger("demo.jul").log(Level.WARNING, "sent {0}", "test-token-to-log");
        }

        @Test
        void inException() {
            Logger.getLogger("demo.cause")
                    .log(Level.SEVERE, "failed", new IllegalStateException(new RuntimeException("test-token-to-log")));
        }

        @Test
        void overSlf4j() {
            SecretProvider careless = Faults.failing(
                    SecretProvider.of("careless", Map.of()),
                    () -> new SecretProviderException("careless", "cannot parse test-token-to-log"));
            SecretProvider.optional(careless).find(Set.of("token"));
        }

        @Test
        void belowTheLevel() {
            Logger.getLogger("demo.jul").fine("sent test-token-to-log");
        }
    }

    @Test
    void test_makesItsOwnFixtures_looksForThemToo() {
        TestRun run = TestRun.of(OwnFixtures.class);
        assertThat(run.failures())
                .extracting(failure -> String.valueOf(failure.getMessage()))
                .containsExactlyInAnyOrder(
                        "secrets leaked during built():\n  built  System.out, line 1" + ADVICE,
                        "secrets leaked during rotated():\n  rotated  System.out, line 1" + ADVICE,
                        "secrets leaked during mounted():\n  mounted  System.out, line 1" + ADVICE);
    }

    @FailOnSecretLeak
    static class OwnFixtures {

        @Test
        void built() {
            FixtureSecrets.of(Map.of("built", "value-built-here"));
            System.out.println("value-built-here");
        }

        @Test
        void rotated() {
            try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("rotated", "value-before"))) {
                rotating.rotate("rotated", "value-after-it");
            }
            System.out.println("value-after-it");
        }

        @Test
        void mounted() {
            try (KubernetesVolume volume = KubernetesVolume.create()) {
                volume.publish(Map.of("mounted", "value-in-the-mount"));
            }
            System.out.println("value-in-the-mount");
        }
    }

    @Test
    void test_otherThreadsPrint_areItsOwn() {
        TestRun run = TestRun.of(Threads.class);
        assertThat(run.failedNames()).containsExactly("ofTheCommonPool()", "ofThePool()", "started()");
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-of-threads")
    static class Threads {

        private static final ExecutorService POOL = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });

        @BeforeAll
        static void startPool() throws Exception {
            POOL.submit(() -> {}).get();
        }

        @AfterAll
        static void endPool() {
            POOL.shutdown();
        }

        @Test
        void started() throws Exception {
            Thread thread = new Thread(() -> System.out.println("test-token-of-threads"));
            thread.start();
            thread.join();
        }

        @Test
        void ofThePool() throws Exception {
            POOL.submit(() -> System.out.println("test-token-of-threads")).get();
        }

        @Test
        void ofTheCommonPool() {
            CompletableFuture.runAsync(() -> System.out.println("test-token-of-threads"))
                    .join();
        }
    }

    @Test
    void lifecycle_printsValue_failsToo() {
        TestRun run = TestRun.of(Lifecycle.class);
        assertThat(run.failures())
                .extracting(failure ->
                        String.valueOf(failure.getMessage()).lines().findFirst().orElse(""))
                .containsExactlyInAnyOrder(
                        "secrets leaked during inAfterEach():",
                        "secrets leaked during FailOnSecretLeakTest$Lifecycle:");
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-of-lifecycle")
    static class Lifecycle {

        @Test
        void inAfterEach() {}

        @AfterEach
        void print() {
            System.out.println("test-token-of-lifecycle");
        }

        @AfterAll
        static void printAtLast() {
            System.out.println("test-token-of-lifecycle");
        }
    }

    @Test
    void constructor_printsValue_fails() {
        assertThat(TestRun.of(Constructor.class).failure()).contains("token  System.out, line 1");
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-of-constructor")
    static class Constructor {

        Constructor() {
            System.out.println("test-token-of-constructor");
        }

        @Test
        void test() {}
    }

    @Test
    void test_failsAndLeaks_tellsBoth() {
        TestRun run = TestRun.of(FailsToo.class);
        assertThat(run.failure()).isEqualTo("the test's own");
        assertThat(run.failures().get(0).getSuppressed())
                .singleElement()
                .satisfies(leak -> assertThat(leak).hasMessageContaining("token  System.out, line 1"));
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-of-failing")
    static class FailsToo {

        @Test
        void fails() {
            System.out.println("test-token-of-failing");
            throw new IllegalStateException("the test's own");
        }
    }

    @Test
    void minimumLength_onMethod_winsOverClass() {
        assertThat(TestRun.of(ShortValue.class).failedNames()).containsExactly("lookedFor()");
    }

    @FailOnSecretLeak
    @SecretFixture(name = "pin", value = "4711")
    static class ShortValue {

        @Test
        void leftAlone() {
            System.out.println("4711");
            Logger.getLogger("demo.short").info("4711");
        }

        @Test
        @FailOnSecretLeak(minimumLength = 4)
        void lookedFor() {
            System.out.println("4711");
        }
    }

    @Test
    void minimumLength_zero_isClearError() {
        assertThat(TestRun.of(Zero.class).failure())
                .isEqualTo("@FailOnSecretLeak: the minimum length is 0, and must be at least 1");
    }

    static class Zero {

        @Test
        @FailOnSecretLeak(minimumLength = 0)
        void test() {}
    }

    @Test
    void nestedClass_inWatchedClass_isWatched() {
        assertThat(TestRun.of(Outer.class).failedNames()).containsExactly("leaks()");
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-of-outer")
    static class Outer {

        @Nested
        class Inner {

            @Test
            void leaks() {
                System.out.println("test-token-of-outer");
            }
        }
    }

    @Test
    void output_ofAMebibyteAndMore_isLookedThroughInPieces() {
        assertThat(TestRun.of(Chatty.class).failure()).contains("token  System.out, line 12001");
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-of-chatty")
    static class Chatty {

        @Test
        void leaksAtTheEnd() {
            PrintStream out = System.out;
            String line = "a line of five times twenty-five or so ".repeat(5) + "\n";
            for (int i = 0; i < 12_000; i++) {
                out.print(line);
            }
            out.println("test-token-of-chatty");
        }
    }

    @Test
    void streams_replacedByTheTest_stayReplaced() {
        PrintStream out = System.out;
        try {
            TestRun.of(Replaces.class).passed(1);
            assertThat(System.out).isSameAs(Replaces.MINE);
            // The one that it put in place wraps the tee, which must neither be lost nor run in circles.
            assertThat(TestRun.of(ToOut.class).failure()).contains("hf_access_token  System.out, line 3" + ADVICE);
        } finally {
            System.setOut(out);
        }
        assertThat(TestRun.of(ToOut.class).failure()).contains("System.out, line 3");
    }

    @FailOnSecretLeak
    static class Replaces {

        static volatile PrintStream MINE = System.out;

        @Test
        void replaces() {
            MINE = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            System.setOut(MINE);
        }
    }

    @Test
    void parallelTests_manyLeakAtOnce_eachFailsForItsOwn() {
        for (int round = 0; round < 5; round++) {
            PrintStream out = System.out;
            TestRun run = TestRun.of(PARALLEL, Leaky.class, Quiet.class, Unwatched.class);
            assertThat(run.failures())
                    .extracting(failure -> String.valueOf(failure.getMessage()))
                    .containsExactlyInAnyOrder(
                            "secrets leaked during first():\n  token  System.out, line 2" + ADVICE,
                            "secrets leaked during second():\n  token  System.err, line 2" + ADVICE,
                            "secrets leaked during inThread():\n  token  System.out, line 2" + ADVICE);
            assertThat(run.passedTests()).isEqualTo(7);
            assertThat(System.out).isSameAs(out);
        }
    }

    private static final CountDownLatch FIRST_PARALLEL_TESTS = new CountDownLatch(3);

    /** Lets tests run at the same time, as far as the machine allows. */
    private static void meet() throws InterruptedException {
        FIRST_PARALLEL_TESTS.countDown();
        assertThat(FIRST_PARALLEL_TESTS.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-that-all-have")
    static class Leaky {

        @Test
        void first() throws Exception {
            meet();
            System.out.println("-\ntest-token-that-all-have");
        }

        @Test
        void second() throws Exception {
            meet();
            System.err.println("-\ntest-token-that-all-have");
        }

        @Test
        void inThread() throws Exception {
            Thread thread = new Thread(() -> System.out.println("-\ntest-token-that-all-have"));
            thread.start();
            thread.join();
        }
    }

    @FailOnSecretLeak
    @SecretFixture(name = "token", value = "test-token-that-all-have")
    static class Quiet {

        @Test
        void first() throws Exception {
            meet();
            Thread.sleep(20);
        }

        @Test
        void second() throws Exception {
            Thread.sleep(20);
        }

        @Test
        void third() throws Exception {
            Thread.sleep(20);
        }
    }

    /** Prints the same value and may, because nobody watches. */
    @SecretFixture(name = "token", value = "test-token-that-all-have")
    static class Unwatched {

        @Test
        void first() {
            System.out.println("test-token-that-all-have");
        }

        @Test
        void second() throws Exception {
            CyclicBarrier barrier = new CyclicBarrier(2);
            Thread thread = new Thread(() -> {
                try {
                    barrier.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                System.err.println("test-token-that-all-have");
            });
            thread.start();
            barrier.await();
            thread.join();
        }

        @Test
        void inCommonPool() {
            List<CompletableFuture<Void>> tasks = List.of(
                    CompletableFuture.runAsync(() -> System.out.println("test-token-that-all-have")),
                    CompletableFuture.runAsync(() -> System.out.println("test-token-that-all-have")));
            tasks.forEach(CompletableFuture::join);
        }

        @Test
        void logged() {
            Logger.getLogger("demo.unwatched").info("test-token-that-all-have");
        }
    }
}
