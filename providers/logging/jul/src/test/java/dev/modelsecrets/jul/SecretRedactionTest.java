package dev.modelsecrets.jul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.XMLFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What java.util.logging writes while a redaction is installed. There is one logging system for the whole JVM. */
@Isolated
@SuppressWarnings("try") // The redaction is on as long as the block lasts.
class SecretRedactionTest {

    private static final String VALUE = "test-token/one+two=three";
    private static final Secrets SECRETS = Secrets.of(Map.of("hf_token", VALUE));

    private final Logger logger = Logger.getLogger("com.acme.Model");
    private final MemoryStreamHandler stream = new MemoryStreamHandler(new SimpleFormatter());
    private final ListHandler list = new ListHandler();

    SecretRedactionTest() {
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        logger.addHandler(stream);
        logger.addHandler(list);
    }

    @AfterEach
    void removeHandlers() {
        Stream.of(logger.getHandlers()).forEach(logger::removeHandler);
    }

    static List<Formatter> formatters() {
        return List.of(new SimpleFormatter(), new XMLFormatter(), new Formatter() {
            @Override
            public String format(LogRecord event) {
                return event.getMessage() + " " + Arrays.toString(event.getParameters()) + " " + event.getThrown();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("formatters")
    void event_withSecretsEverywhere_isWrittenWithoutThem(Formatter formatter) {
        stream.setFormatter(formatter);
        try (SecretRedaction redaction = SecretRedaction.install(SECRETS)) {
            logEverywhere();

            assertThat(stream.written())
                    .contains("[secret:hf_token]", "the rest")
                    .doesNotContain(VALUE);
        }
    }

    @Test
    void event_forAHandlerWithoutAFormatter_isPassedOnWithoutSecrets() {
        try (SecretRedaction redaction = SecretRedaction.install(SECRETS)) {
            logEverywhere();

            LogRecord event = list.events.get(0);
            assertThat(event.getMessage()).isEqualTo("the rest [secret:hf_token] of it");
            assertThat(event.getParameters()).containsExactly("[secret:hf_token]", List.of());
            assertThat(event.getThrown())
                    .hasToString("java.lang.IllegalStateException: outer [secret:hf_token]")
                    .cause()
                    .hasToString("java.lang.IllegalArgumentException: cause [secret:hf_token]");
            assertThat(event.getThrown().getSuppressed()[0]).hasMessage("suppressed [secret:hf_token]");
            assertThat(event.getLevel()).isEqualTo(Level.WARNING);
            assertThat(event.getLoggerName()).isEqualTo("com.acme.Model");
            assertThat(event.getSourceMethodName()).isEqualTo("logEverywhere");
        }
    }

    @Test
    void event_withoutSecrets_isPassedOnAsItIs() {
        LogRecord event = new LogRecord(Level.INFO, "nothing {0}");
        try (SecretRedaction redaction = SecretRedaction.install(SECRETS)) {
            logger.log(event);

            assertThat(list.events).singleElement().isSameAs(event);
        }
    }

    @Test
    void install_withoutSecretsYet_losesNoLine() {
        try (SecretRedaction redaction = SecretRedaction.install(Secrets.of(Map.of()))) {
            logger.info("before the first resolve");

            assertThat(stream.written()).contains("before the first resolve");
        }
    }

    @Test
    void rotation_ofASecret_isRedactedFromTheFirstLineAndTheOldValueToo() {
        AtomicReference<String> current = new AtomicReference<>(VALUE);
        SecretProvider provider = SecretProvider.of("store", name -> Lookup.found(current.get(), "the store"));
        try (RefreshingSecrets secrets = SecretsResolver.of(provider)
                        .refreshing(SecretDeclarations.of("hf_token"), Duration.ofHours(1));
                SecretRedaction redaction = SecretRedaction.install(secrets)) {
            secrets.onChange(change -> logger.info("now " + secrets.get().get("hf_token")));

            current.set("test-token/rotated");
            secrets.refresh();
            logger.info("old " + VALUE + " new " + secrets.get().get("hf_token"));

            assertThat(stream.written())
                    .contains("old [secret:hf_token] new [secret:hf_token]")
                    .doesNotContain("test-token");
        }
    }

    @Test
    void close_ofTheLast_givesBackTheHandlersAsTheyWere() {
        Formatter formatter = stream.getFormatter();
        SecretRedaction first = SecretRedaction.install(SECRETS);
        SecretRedaction second = SecretRedaction.install(Secrets.of(Map.of("db_password", "test-token-two")));
        logger.info("both " + VALUE + " test-token-two");
        first.close();
        first.close();
        logger.info("one " + VALUE + " test-token-two");
        second.close();
        logger.info("none test-token-two");

        assertThat(stream.written())
                .contains(
                        "both [secret:hf_token] [secret:db_password]",
                        "one " + VALUE + " [secret:db_password]",
                        "none test-token-two");
        assertThat(stream.getFormatter()).isSameAs(formatter);
        assertThat(logger.getHandlers()).containsExactlyInAnyOrder(stream, list);
    }

    @Test
    void installAndClose_whileOthersLog_loseNoLine() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            for (int i = 0; i < 2_000 || (!done.get() && i < 20_000); i++) {
                logger.info("line " + i + ".");
                begun.countDown();
            }
        });
        thread.start();
        begun.await();
        for (int i = 0; i < 20; i++) {
            SecretRedaction.install(SECRETS).close();
        }
        done.set(true);
        thread.join();

        List<String> seen = list.events.stream().map(LogRecord::getMessage).toList();
        for (int i = 0; i < 2_000; i++) {
            assertThat(stream.written()).contains("line " + i + ".");
            assertThat(seen).contains("line " + i + ".");
        }
    }

    @Test
    void redaction_thatFails_withholdsTheEventAndSaysSo() {
        try (SecretRedaction redaction = SecretRedaction.install(text -> {
            throw new StackOverflowError(text);
        })) {
            logEverywhere();

            String words = "This event was withheld: its redaction failed with java.lang.StackOverflowError";
            assertThat(list.events).extracting(LogRecord::getMessage).containsExactly(words);
            assertThat(stream.written())
                    .contains("WARNING", words)
                    .doesNotContain(VALUE)
                    .doesNotContain("the rest");
        }
    }

    @Test
    void configuration_thatIsReadAgain_isRedactedToo() throws IOException {
        try (SecretRedaction redaction = SecretRedaction.install(SECRETS)) {
            LogManager.getLogManager()
                    .readConfiguration(
                            new ByteArrayInputStream(("handlers = " + HandlerOfAConfiguration.class.getName() + "\n")
                                    .getBytes(StandardCharsets.ISO_8859_1)));

            assertThat(Logger.getLogger("").getHandlers()).singleElement().isInstanceOf(RedactingHandler.class);
        } finally {
            LogManager.getLogManager().readConfiguration();
        }
    }

    /** Named by a configuration. */
    public static final class HandlerOfAConfiguration extends Handler {

        @Override
        public void publish(LogRecord event) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void handler_thatIsAddedLater_isRedactedByAllFromTheNextInstallOn() {
        try (SecretRedaction first = SecretRedaction.install(SECRETS)) {
            MemoryStreamHandler later = new MemoryStreamHandler(new SimpleFormatter());
            logger.addHandler(later);

            SecretRedaction.install(Secrets.of(Map.of("db_password", "test-token-two")))
                    .close();
            logger.info("later " + VALUE);

            assertThat(later.written()).contains("later [secret:hf_token]");
        }
    }

    @Test
    void formatter_thatAConfigurationNames_passesLinesUntilThereAreSecrets() {
        stream.setFormatter(new RedactingFormatter());

        logger.info("before " + VALUE);
        SecretRedaction redaction = SecretRedaction.install(SECRETS);
        logger.info("during " + VALUE);
        redaction.close();
        logger.info("after " + VALUE);

        assertThat(stream.written()).contains("before " + VALUE, "during [secret:hf_token]", "after " + VALUE);
        assertThat(stream.getFormatter()).isInstanceOf(RedactingFormatter.class);
    }

    @Test
    void formatter_whoseOtherOneIsNone_saysSo() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(
                        (RedactingFormatter.class.getName() + ".formatter = java.lang.String\n")
                                .getBytes(StandardCharsets.ISO_8859_1)));
        try {
            assertThatThrownBy(RedactingFormatter::new)
                    .hasMessage("java.lang.String is not the name of a formatter with a public constructor");
        } finally {
            LogManager.getLogManager().readConfiguration();
        }
    }

    private void logEverywhere() {
        IllegalStateException failure =
                new IllegalStateException("outer " + VALUE, new IllegalArgumentException("cause " + VALUE));
        failure.addSuppressed(new IllegalArgumentException("suppressed " + VALUE));
        LogRecord event = new LogRecord(Level.WARNING, "the rest {0} of it");
        event.setLoggerName("com.acme.Model");
        event.setParameters(new Object[] {VALUE, List.of()});
        event.setThrown(failure);
        event.setSourceMethodName("logEverywhere");
        logger.log(event);
    }
}
