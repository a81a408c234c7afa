package dev.modelsecrets.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.read.ListAppender;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;

/** What Logback writes while a redaction is installed. */
class SecretRedactionTest {

    private static final String VALUE = "test-token/one+two=three";
    private static final Secrets SECRETS = Secrets.of(Map.of("hf_token", VALUE));
    private static final String ASYNC =
            "<appender name='ASYNC' class='ch.qos.logback.classic.AsyncAppender'><appender-ref ref='FILE'/></appender>";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Logging.PATTERN,
                "<encoder><charset>UTF-16</charset><pattern>%p [%t] %X %marker %kvp - %m%n%ex</pattern></encoder>",
                "<encoder class='ch.qos.logback.classic.encoder.JsonEncoder'/>",
                "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>"
            })
    void event_withSecretsEverywhere_isWrittenWithoutThem(String encoder) throws Exception {
        try (Logging logging = new Logging(directory).configure(encoder)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            logEverywhere(logging);

            logging.context.stop();
            String written = new String(
                    Files.readAllBytes(logging.file),
                    encoder.contains("UTF-16") ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
            assertThat(written)
                    .contains("[secret:hf_token]", "the rest")
                    .doesNotContain(VALUE)
                    .doesNotContain(VALUE.replace("/", "\\/"));
        }
    }

    @Test
    void event_forAnAppenderWithoutAnEncoder_isPassedOnWithoutSecrets() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            ListAppender<ILoggingEvent> list = listAppender(logging);
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            logEverywhere(logging);

            ILoggingEvent event = list.list.get(0);
            assertThat(event.getFormattedMessage()).isEqualTo("the rest [secret:hf_token] of it");
            assertThat(event.getArgumentArray()).containsExactly("[secret:hf_token]");
            assertThat(event.getThreadName()).isEqualTo("worker [secret:hf_token]");
            assertThat(event.getMDCPropertyMap()).isEqualTo(Map.of("auth", "[secret:hf_token]"));
            assertThat(event.getMarkerList()).extracting(Object::toString).containsExactly("[secret:hf_token]");
            assertThat(event.getKeyValuePairs()).extracting(pair -> pair.value).containsExactly("[secret:hf_token]");
            assertThat(event.getThrowableProxy().getClassName()).isEqualTo(IllegalStateException.class.getName());
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("outer [secret:hf_token]");
            assertThat(event.getThrowableProxy().getCause().getMessage()).isEqualTo("cause [secret:hf_token]");
            assertThat(event.getThrowableProxy().getSuppressed()[0].getMessage())
                    .isEqualTo("suppressed [secret:hf_token]");
            assertThat(event.getLevel()).hasToString("WARN");
        }
    }

    @Test
    void event_withoutSecrets_isPassedOnAsItIs() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            ListAppender<ILoggingEvent> list = listAppender(logging);
            SecretRedaction.install(SECRETS.redactor(), logging.context);

            logging.logger().info("nothing {}", 42);

            assertThat(list.list).singleElement().isExactlyInstanceOf(ch.qos.logback.classic.spi.LoggingEvent.class);
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
    @ValueSource(booleans = {false, true})
    void close_withLinesInAQueue_writesAllOfThemRedacted(boolean asynchronous) {
        try (Logging logging = new Logging(directory)
                .configure(Logging.PATTERN, asynchronous ? ASYNC : "", asynchronous ? "ASYNC" : "FILE")) {
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

    @Test
    void close_ofTheLast_givesBackTheAppendersAsTheyWere() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            ListAppender<ILoggingEvent> list = listAppender(logging);
            FileAppender<ILoggingEvent> file = (FileAppender<ILoggingEvent>)
                    logging.context.getLogger("ROOT").getAppender("FILE");
            Object encoder = file.getEncoder();

            SecretRedaction.install(SECRETS.redactor(), logging.context).close();

            assertThat(file.getEncoder()).isSameAs(encoder);
            assertThat(logging.context.getLogger("ROOT").isAttached(list)).isTrue();
            assertThat(Appenders.attachedTo(logging.context.getLogger("ROOT"))).hasSize(2);
            assertThat(logging.context.getCopyOfListenerList()).isEmpty();
            assertThat(list.isStarted()).isTrue();
        }
    }

    @Test
    void installAndClose_whileOthersLog_loseNoLine() throws Exception {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            List<String> seen = new CopyOnWriteArrayList<>();
            AppenderBase<ILoggingEvent> other = new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    seen.add(event.getFormattedMessage());
                }
            };
            other.setContext(logging.context);
            other.start();
            logging.context.getLogger("ROOT").addAppender(other);
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch begun = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 2_000 || !done.get(); i++) {
                    logging.logger().info("line {}.", i);
                    begun.countDown();
                    if (i > 20_000) {
                        return;
                    }
                }
            });
            thread.start();
            begun.await();
            for (int i = 0; i < 20; i++) {
                SecretRedaction.install(SECRETS.redactor(), logging.context).close();
            }
            done.set(true);
            thread.join();

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
            ListAppender<ILoggingEvent> list = listAppender(logging);
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
            assertThat(logging.written())
                    .contains("WARN [withheld] com.acme.Model", words)
                    .doesNotContain(VALUE)
                    .doesNotContain("the rest");
            assertThat(list.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(words);
        }
    }

    @Test
    void configuration_thatIsReadAgain_isRedactedToo() {
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);

            logging.configure("<encoder><pattern>second %m%n</pattern></encoder>");
            logging.logger().info("after a reset {}", VALUE);

            assertThat(logging.written()).contains("second after a reset [secret:hf_token]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void configuration_thatNamesTheRedaction_passesLinesUntilThereAreSecrets(boolean appender) {
        String encoder = "<encoder><pattern>%m%n</pattern></encoder>";
        try (Logging logging = new Logging(directory)) {
            if (appender) {
                logging.configure(
                        encoder,
                        "<appender name='R' class='" + RedactingAppender.class.getName()
                                + "'><appender-ref ref='FILE'/></appender>",
                        "R");
            } else {
                logging.configure(
                        "<encoder class='" + RedactingEncoder.class.getName() + "'>" + encoder + "</encoder>");
            }
            logging.logger().info("before {}", VALUE);
            SecretRedaction redaction = SecretRedaction.install(SECRETS.redactor(), logging.context);
            logging.logger().info("during {}", VALUE);
            redaction.close();
            logging.logger().info("after {}", VALUE);

            assertThat(logging.written().lines())
                    .containsExactly("before " + VALUE, "during [secret:hf_token]", "after " + VALUE);
        }
    }

    @Test
    void encoder_withoutAnother_reportsAnError() {
        try (Logging logging =
                new Logging(directory).configure("<encoder class='" + RedactingEncoder.class.getName() + "'/>")) {
            assertThat(logging.context.getStatusManager().getCopyOfStatusList())
                    .anySatisfy(status -> assertThat(status.getMessage()).contains("nest an <encoder> in it"));
        }
    }

    @Test
    void bytes_thatAreNotText_areKept() {
        byte[] line = {'k', (byte) 0xFF, (byte) 0xC3, '='};
        try (Logging logging = new Logging(directory).configure(Logging.PATTERN)) {
            SecretRedaction.install(SECRETS.redactor(), logging.context);
            RedactingEncoder encoder = RedactingEncoder.around(new FixedEncoder(line, VALUE), logging.context);

            byte[] expected = "k\u00FF\u00C3=[secret:hf_token]".getBytes(StandardCharsets.ISO_8859_1);
            assertThat(encoder.encode(new WithheldEvent(someEvent(logging), new RuntimeException())))
                    .isEqualTo(expected);
        }
    }

    @Test
    void logback_inThisRun_isTheVersionThatIsMeantToBeTested() {
        String expected = System.getProperty("logback.expected", "");

        assertThat(Appender.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .contains(expected);
    }

    private static ILoggingEvent someEvent(Logging logging) {
        ListAppender<ILoggingEvent> list = listAppender(logging);
        logging.logger().info("some");
        return list.list.get(0);
    }

    private static ListAppender<ILoggingEvent> listAppender(Logging logging) {
        ListAppender<ILoggingEvent> list = new ListAppender<>();
        list.setName("LIST");
        list.setContext(logging.context);
        list.start();
        logging.context.getLogger("ROOT").addAppender(list);
        return list;
    }

    private static void logEverywhere(Logging logging) {
        IllegalStateException failure =
                new IllegalStateException("outer " + VALUE, new IllegalArgumentException("cause " + VALUE));
        failure.addSuppressed(new IllegalArgumentException("suppressed " + VALUE));
        Thread thread = new Thread(
                () -> {
                    logging.context.getMDCAdapter().put("auth", VALUE);
                    logging.logger()
                            .atWarn()
                            .addMarker(MarkerFactory.getDetachedMarker(VALUE))
                            .addKeyValue("key", VALUE)
                            .setCause(failure)
                            .log("the rest {} of it", VALUE);
                },
                "worker " + VALUE);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        MDC.clear();
    }
}
