package dev.modelsecrets.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.message.StringMapMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Log4j writes while a redaction is installed. */
class SecretRedactionTest {

    private static final String VALUE = "test-token/one+two=three";
    private static final Secrets SECRETS = Secrets.of(Map.of("hf_token", VALUE));
    private static final String ASYNC = "<Async name='ASYNC' bufferSize='1000'><AppenderRef ref='FILE'/></Async>";
    private static final String ACCEPTING = "<ThresholdFilter level='INFO' onMatch='ACCEPT' onMismatch='DENY'/>";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Logging.PATTERN,
                "<JsonTemplateLayout eventTemplateUri='classpath:EcsLayout.json'/>",
                "<JsonTemplateLayout eventTemplateUri='classpath:LogstashJsonEventLayoutV1.json'/>",
                "<HtmlLayout/>"
            })
    void event_withSecretsEverywhere_isWrittenWithoutThem(String layout) {
        try (Logging logging = new Logging(directory).configure(layout)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            logEverywhere(logging);

            assertThat(logging.written())
                    .contains("[secret:hf_token]", "the rest")
                    .doesNotContain(VALUE)
                    .doesNotContain(VALUE.replace("/", "\\/"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<RollingFile name='X' fileName='%1$s' filePattern='%1$s.%%i'>%2$s"
                        + "<Policies><SizeBasedTriggeringPolicy size='1MB'/></Policies></RollingFile>",
                "<RollingRandomAccessFile name='X' fileName='%1$s' filePattern='%1$s.%%i'>%2$s"
                        + "<Policies><SizeBasedTriggeringPolicy size='1MB'/></Policies></RollingRandomAccessFile>",
                "<RandomAccessFile name='X' fileName='%1$s'>%2$s</RandomAccessFile>",
                "<File name='X' fileName='%1$s' immediateFlush='false'>%2$s</File>",
            })
    void file_ofAnyAppender_isWrittenWithoutSecrets(String appender) {
        try (Logging logging = new Logging(directory)) {
            logging.configure(String.format(appender, logging.file, Logging.PATTERN), Logging.ref("X"));
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            logging.logger().info("all {} of it", VALUE);

            assertThat(logging.written())
                    .contains("all [secret:hf_token] of it")
                    .doesNotContain(VALUE);
        }
    }

    @Test
    void file_thatRollsOver_doesSoStill() {
        try (Logging logging = new Logging(directory)) {
            logging.configure(
                    "<RollingFile name='X' fileName='" + logging.file + "' filePattern='"
                            + directory.resolve("old-%i.log")
                            + "'><PatternLayout pattern='%m%n'/><Policies><SizeBasedTriggeringPolicy size='100'/></Policies>"
                            + "</RollingFile>",
                    Logging.ref("X"));
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            for (int i = 0; i < 20; i++) {
                logging.logger().info("line {} {}", i, VALUE);
            }

            assertThat(logging.written()).contains("line 19 [secret:hf_token]");
            assertThat(directory.resolve("old-1.log")).exists();
        }
    }

    @Test
    void arguments_thatAreMapsAndCollections_areWrittenWithoutSecrets() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            List<Object> arguments = List.of(
                    SECRETS,
                    SECRETS.values(),
                    SECRETS.entrySet(),
                    List.copyOf(SECRETS.values()),
                    new Holder(SECRETS, SECRETS.require("hf_token")),
                    List.of(SECRETS),
                    Collections.unmodifiableMap(SECRETS),
                    Map.copyOf(SECRETS),
                    new Object[] {SECRETS});
            for (Object argument : arguments) {
                logging.logger().info("argument {}", argument);
                logging.logger().info(argument);
            }

            assertThat(logging.written().lines()).hasSize(2 * arguments.size()).noneMatch(line -> line.contains(VALUE));
        }
    }

    record Holder(Secrets secrets, String value) {}

    @Test
    void event_forAnAppenderWithoutALayout_isPassedOnWithoutSecrets() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            ListAppender list = ListAppender.in(logging);
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            logEverywhere(logging);

            LogEvent event = list.events.get(0);
            assertThat(event.getMessage().getFormattedMessage()).isEqualTo("the rest [secret:hf_token] of it");
            assertThat(event.getMessage().getParameters()).contains("[secret:hf_token]");
            assertThat(event.getThreadName()).isEqualTo("worker [secret:hf_token]");
            assertThat(event.getContextData().toMap()).isEqualTo(Map.of("auth", "[secret:hf_token]"));
            assertThat(event.getContextStack().asList()).containsExactly("[secret:hf_token]");
            assertThat(event.getMarker().getName()).isEqualTo("[secret:hf_token]");
            assertThat(event.getThrown())
                    .hasToString("java.lang.IllegalStateException: outer [secret:hf_token]")
                    .hasMessage("outer [secret:hf_token]")
                    .cause()
                    .hasToString("java.lang.IllegalArgumentException: cause [secret:hf_token]");
            assertThat(event.getThrown().getSuppressed()[0]).hasMessage("suppressed [secret:hf_token]");
            assertThat(event.getLevel()).hasToString("WARN");
        }
    }

    @Test
    void structuredMessage_ofAnyAppender_isPassedOnWithoutSecrets() {
        try (Logging logging = new Logging(directory)
                .configure("<JsonTemplateLayout eventTemplate='{\"m\":{\"$resolver\":\"message\"}}'/>")) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);

            logging.logger().info(new StringMapMessage(Map.of("token", VALUE)));

            assertThat(logging.written()).contains("{\"m\":{\"token\":\"[secret:hf_token]\"}}");
        }
    }

    @Test
    void line_longerThanAnyBuffer_isWrittenWhole() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            String words = "the customer's möde€l \uD83D\uDE00 ".repeat(10_000);

            logging.logger().info("a {} {} b", words, VALUE);
            logging.logger().info("c {} d", words);
            logging.logger().info("e {} f", VALUE);

            assertThat(logging.written())
                    .contains("a " + words + " [secret:hf_token] b\n", "c " + words + " d\n", "e [secret:hf_token] f\n")
                    .doesNotContain(VALUE);
        }
    }

    @Test
    void argument_thatLogsItself_leavesBothLinesWhole() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            Object argument = new Object() {
                @Override
                public String toString() {
                    logging.logger().info("inner {}", VALUE);
                    return VALUE;
                }
            };

            logging.logger().info("outer {} after", argument);

            assertThat(logging.written())
                    .contains("inner [secret:hf_token]\n", "outer [secret:hf_token] after\n")
                    .doesNotContain(VALUE);
        }
    }

    @Test
    void layout_thatCompressesWhatItEncodes_isRedactedInItsText() {
        try (Logging logging = new Logging(directory).configure("<GelfLayout compressionThreshold='0'/>")) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);

            logging.logger().info("line {}", VALUE);

            assertThat(logging.written()).contains("line [secret:hf_token]");
        }
    }

    @Test
    void layout_inAnotherCharset_isRedacted() {
        try (Logging logging =
                new Logging(directory).configure("<PatternLayout charset='US-ASCII' pattern='%p %m%n'/>")) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);

            logging.logger().info("line {} ä %41 {}", VALUE, VALUE.replace("-", "%2D"));

            assertThat(logging.written()).contains("line [secret:hf_token] ? %41 [secret:hf_token]\n");
        }
    }

    @Test
    void install_withoutSecretsYet_losesNoLine() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(Secrets.of(Map.of()).redactor(), logging.context);

            logging.logger().info("before the first resolve");

            assertThat(logging.written()).contains("before the first resolve");
        }
    }

    @Test
    void rotation_ofASecret_isRedactedFromTheFirstLineAndTheOldValueToo() {
        AtomicReference<String> current = new AtomicReference<>(VALUE);
        SecretProvider provider = SecretProvider.of("store", name -> Lookup.found(current.get(), "the store"));
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN);
                RefreshingSecrets secrets = SecretsResolver.of(provider)
                        .refreshing(SecretDeclarations.of("hf_token"), Duration.ofHours(1))) {
            SecretRedaction.install(secrets.redactor(), logging.context);
            secrets.onChange(
                    change -> logging.logger().info("now {}", secrets.get().get("hf_token")));

            current.set("test-token/rotated");
            secrets.refresh();
            logging.logger().info("old {} new {}", VALUE, secrets.get().get("hf_token"));

            assertThat(logging.written())
                    .contains("old [secret:hf_token] new [secret:hf_token]")
                    .doesNotContain("test-token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"synchronous", "async appender", "async loggers", "both"})
    void close_withLinesInAQueue_writesAllOfThemRedacted(String kind) {
        boolean loggers = kind.equals("async loggers") || kind.equals("both");
        boolean appender = kind.equals("async appender") || kind.equals("both");
        LoggerContext context = loggers ? new AsyncLoggerContext("async " + kind) : new LoggerContext(kind);
        try (Logging logging = new Logging(directory, context)
                .configure(Logging.PATTERN, appender ? ASYNC : "", Logging.ref(appender ? "ASYNC" : "FILE"))) {
            SecretRedaction redaction = SecretRedaction.install(SECRETS.redactor(), logging.context);
            for (int i = 0; i < 200; i++) {
                logging.logger().warn("line {} {}", i, VALUE);
            }
            redaction.close();
            redaction.close();
            logging.logger().warn("after {}", VALUE);

            assertThat(logging.written().lines().map(line -> line.replaceAll(".* - ", "")))
                    .hasSize(201)
                    .contains("line 0 [secret:hf_token]", "line 199 [secret:hf_token]", "after " + VALUE);
        }
    }

    @Test
    void close_ofOneOfTwo_leavesTheOther() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction first = SecretRedaction.install(SECRETS.redactor(), logging.context);
            SecretRedaction.install(
                    Secrets.of(Map.of("db_password", "test-token-two")).redactor(), logging.context);

            logging.logger().info("both {} {}", VALUE, "test-token-two");
            first.close();
            logging.logger().info("one {} {}", VALUE, "test-token-two");

            assertThat(logging.written())
                    .contains("both [secret:hf_token] [secret:db_password]", "one " + VALUE + " [secret:db_password]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ACCEPTING, "<Filters>" + ACCEPTING + "<BurstFilter level='OFF'/></Filters>"})
    void filters_ofAnAppender_areAskedAndGivenBack(String filters) {
        try (Logging logging = new Logging(directory).configure(filters + "<PatternLayout pattern='%m%n'/>")) {
            AbstractAppender appender = logging.context.getConfiguration().getAppender("FILE");
            Filter before = appender.getFilter();

            SecretRedaction redaction = SecretRedaction.install(SECRETS.redactor(), logging.context);
            logging.logger().debug("debug {}", VALUE);
            logging.logger().info("info {}", VALUE);
            redaction.close();

            assertThat(appender.getFilter()).isSameAs(before);
            assertThat(logging.written())
                    .isEqualToNormalizingNewlines(
                            (filters.isEmpty() ? "debug [secret:hf_token]\n" : "") + "info [secret:hf_token]\n");
        }
    }

    @Test
    void installAndClose_whileOthersLog_loseNoLine() throws Exception {
        try (Logging logging = new Logging(directory).configure(ACCEPTING + Logging.PATTERN)) {
            ListAppender list = ListAppender.in(logging);
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 2_000 || (!done.get() && i < 20_000); i++) {
                    logging.logger().info("line {}.", i);
                    begun.countDown();
                }
            });
            thread.start();
            begun.await();
            for (int i = 0; i < 20; i++) {
                SecretRedaction.install(SECRETS.redactor(), logging.context).close();
            }
            done.set(true);
            thread.join();

            List<String> seen = list.messages();
            String written = logging.written();
            for (int i = 0; i < 2_000; i++) {
                assertThat(written).contains("line " + i + ".");
                assertThat(seen).contains("line " + i + ".");
            }
        }
    }

    @Test
    void redaction_thatFails_withholdsTheEventAndSaysSo() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            ListAppender list = ListAppender.in(logging);
            SecretRedaction.install(
                    text -> {
                        throw new StackOverflowError(text);
                    },
                    utf8 -> {
                        throw new StackOverflowError(
                                StandardCharsets.UTF_8.decode(utf8).toString());
                    },
                    logging.context);
            logEverywhere(logging);

            String words = "This event was withheld: its redaction failed with java.lang.StackOverflowError";
            assertThat(list.messages()).containsExactly(words);
            assertThat(logging.written())
                    .contains("WARN [withheld] com.acme.Model", words)
                    .doesNotContain(VALUE)
                    .doesNotContain("the rest");
        }
    }

    @Test
    void configuration_thatIsReadAgain_isRedactedToo() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);

            logging.configure("<PatternLayout pattern='second %m%n'/>");
            logging.logger().info("after it {}", VALUE);

            assertThat(logging.written()).contains("second after it [secret:hf_token]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void configuration_thatNamesTheRedaction_passesLinesUntilThereAreSecrets(boolean policy) {
        String layout = "<PatternLayout pattern='%m%n'/>";
        try (Logging logging = new Logging(directory)) {
            if (policy) {
                logging.configure(
                        layout,
                        "<Rewrite name='R'><AppenderRef ref='FILE'/><RedactingPolicy/></Rewrite>",
                        Logging.ref("R"));
            } else {
                logging.configure("<RedactingLayout>" + layout + "</RedactingLayout>");
            }
            logging.logger().info("before {}", VALUE);
            for (int i = 0; i < 2; i++) {
                SecretRedaction redaction = SecretRedaction.install(SECRETS.redactor(), logging.context);
                logging.logger().info("during {}", VALUE);
                redaction.close();
            }
            logging.logger().info("after {}", VALUE);

            assertThat(logging.written().lines())
                    .containsExactly(
                            "before " + VALUE,
                            "during [secret:hf_token]",
                            "during [secret:hf_token]",
                            "after " + VALUE);
        }
    }

    @Test
    void log4j_inThisRun_isTheVersionThatIsMeantToBeTested() {
        String expected = System.getProperty("log4j.expected", "");

        assertThat(Appender.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .contains(expected);
    }

    private static void logEverywhere(Logging logging) {
        IllegalStateException failure =
                new IllegalStateException("outer " + VALUE, new IllegalArgumentException("cause " + VALUE));
        failure.addSuppressed(new IllegalArgumentException("suppressed " + VALUE));
        Thread thread = new Thread(
                () -> {
                    try (CloseableThreadContext.Instance context = CloseableThreadContext.put("auth", VALUE)) {
                        context.push(VALUE);
                        logging.logger()
                                .warn(new MarkerManager.Log4jMarker(VALUE), "the rest {} of it", VALUE, failure);
                    }
                },
                "worker " + VALUE);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
