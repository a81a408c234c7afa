package dev.modelsecrets.logging;

import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.sun.management.ThreadMXBean;
import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;

/**
 * Measures what redaction costs with 100 secrets: lines a second through an asynchronous file appender, and bytes that
 * are allocated for a line, against the same without redaction and against what the back ends offer themselves.
 *
 * <p>A program, not a test: it prints a table of medians; candidates take turns, and a ratio is that of one round.
 * Arguments: rounds, lines a round.
 */
public final class LoggingBenchmark {

    static final Map<String, String> VALUES = values();
    private static final Redactor REDACTOR = Secrets.of(VALUES).redactor();

    /** All values in one regular expression, for those who mask by pattern. */
    private static final String ALTERNATIVES =
            VALUES.values().stream().map(Pattern::quote).collect(Collectors.joining("|"));

    private LoggingBenchmark() {}

    /** One logging system, ready to log. */
    private record Candidate(String name, Consumer<String> log, Runnable close) {}

    /** Makes a candidate that logs to a file. */
    private interface Setup {
        Candidate open(Path file) throws Exception;
    }

    private record Result(double linesPerSecond, double bytesPerLine) {}

    /**
     * Runs the benchmark.
     *
     * @param arguments rounds, lines a round
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int lines = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        List<Setup> setups = List.of(
                file -> logback("Logback", file, pattern("%m"), false),
                file -> logback("Logback, redacted", file, pattern("%m"), true),
                file -> logback(
                        "Logback, %replace", file, pattern("%replace(%m){'" + ALTERNATIVES + "','***'}"), false),
                file -> logback("Logback, logstash", file, logstash(""), false),
                file -> logback("Logback, logstash, redacted", file, logstash(""), true),
                file -> logback("Logback, logstash masking", file, logstash(masking()), false),
                file -> log4j("Log4j 2", file, "", "", false),
                file -> log4j("Log4j 2, redacted", file, "", "", true),
                file -> log4j("Log4j 2, rewrite policy", file, "", "<ReplacingPolicy/>", false),
                file -> log4j("Log4j 2, pattern %replace", file, ALTERNATIVES, "", false));
        for (boolean found : new boolean[] {false, true}) {
            System.out.println(found ? "\nA secret in each tenth line\n" : "\nNothing to find\n");
            measure(setups, rounds, lines, found);
        }
    }

    private static void measure(List<Setup> setups, int rounds, int lines, boolean found) throws Exception {
        Map<String, List<Result>> results = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Setup setup : setups) {
                Path file = Files.createTempFile("benchmark", ".log");
                Candidate candidate = setup.open(file);
                Result result = run(candidate, lines, found);
                Files.delete(file);
                // The first round warms up.
                if (round >= 0) {
                    results.computeIfAbsent(candidate.name(), name -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        System.out.println("| | lines/s | bytes/line | lines/s, ratio | bytes/line, ratio |");
        System.out.println("| --- | --: | --: | --: | --: |");
        results.forEach((name, all) -> {
            List<Result> plain = results.get(plain(name));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f | %.2f | %.2f |%n",
                    name,
                    median(all, round -> all.get(round).linesPerSecond()),
                    median(all, round -> all.get(round).bytesPerLine()),
                    median(
                            all,
                            round -> all.get(round).linesPerSecond()
                                    / plain.get(round).linesPerSecond()),
                    median(
                            all,
                            round -> all.get(round).bytesPerLine()
                                    / plain.get(round).bytesPerLine()));
        });
    }

    /** Returns the name of the candidate that does the same without looking for secrets. */
    private static String plain(String name) {
        return name.contains("logstash") ? "Logback, logstash" : name.replaceFirst(",.*", "");
    }

    private static double median(List<Result> rounds, IntToDoubleFunction value) {
        double[] sorted =
                IntStream.range(0, rounds.size()).mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Result run(Candidate candidate, int lines, boolean found) {
        String[] values = VALUES.values().toArray(String[]::new);
        long allocated = allocated();
        long begin = System.nanoTime();
        for (int i = 0; i < lines; i++) {
            String detail = found && i % 10 == 0 ? values[i / 10 % values.length] : "of the model for the customer";
            candidate
                    .log()
                    .accept("request " + i + " took 12 ms, answer 200 from https://api.example.com/v1 " + detail);
        }
        // Before the close, because the threads that wrote are gone after it.
        double bytes = allocated() - allocated;
        candidate.close().run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(lines / seconds, bytes / lines);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static Candidate logback(String name, Path file, String encoder, boolean redacted) throws Exception {
        ch.qos.logback.classic.LoggerContext context = new ch.qos.logback.classic.LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(stream("<configuration><appender name='F' class='ch.qos.logback.core.FileAppender'>"
                + "<file>" + file + "</file><immediateFlush>false</immediateFlush>" + encoder
                + "</appender><appender name='A' class='ch.qos.logback.classic.AsyncAppender'>"
                + "<discardingThreshold>0</discardingThreshold><queueSize>1024</queueSize>"
                + "<maxFlushTime>60000</maxFlushTime>"
                + "<appender-ref ref='F'/></appender>"
                + "<root level='INFO'><appender-ref ref='A'/></root></configuration>"));
        if (redacted) {
            dev.modelsecrets.logback.SecretRedaction.install(REDACTOR, context);
        }
        context.start();
        ch.qos.logback.classic.Logger logger = context.getLogger("com.acme.Model");
        return new Candidate(name, logger::info, context::stop);
    }

    private static String pattern(String message) {
        return "<encoder><pattern>%d %p [%t] %c - " + message + "%n</pattern></encoder>";
    }

    private static String logstash(String more) {
        return "<encoder class='net.logstash.logback.encoder.LogstashEncoder'>" + more + "</encoder>";
    }

    private static String masking() {
        return "<decorator class='net.logstash.logback.mask.MaskingJsonGeneratorDecorator'>"
                + VALUES.values().stream()
                        .map(value -> "<value>" + Pattern.quote(value) + "</value>")
                        .collect(Collectors.joining())
                + "</decorator>";
    }

    private static Candidate log4j(String name, Path file, String replaced, String policy, boolean redacted)
            throws Exception {
        org.apache.logging.log4j.core.LoggerContext context = new org.apache.logging.log4j.core.LoggerContext(name);
        String replace = replaced.isEmpty() ? "" : "<Replace regex='" + replaced + "' replacement='***'/>";
        context.start(new XmlConfiguration(
                context,
                new ConfigurationSource(stream("<Configuration status='ERROR' packages='dev.modelsecrets.logging'>"
                        + "<Appenders><File name='F' fileName='" + file + "' immediateFlush='false'>"
                        + "<PatternLayout pattern='%d %p [%t] %c - %m%n'>" + replace + "</PatternLayout></File>"
                        + (policy.isEmpty() ? "" : "<Rewrite name='R'><AppenderRef ref='F'/>" + policy + "</Rewrite>")
                        + "<Async name='A' bufferSize='1024'><AppenderRef ref='" + (policy.isEmpty() ? "F" : "R")
                        + "'/></Async></Appenders>"
                        + "<Loggers><Root level='INFO'><AppenderRef ref='A'/></Root></Loggers></Configuration>"))));
        if (redacted) {
            dev.modelsecrets.log4j2.SecretRedaction.install(REDACTOR, context);
        }
        org.apache.logging.log4j.core.Logger logger = context.getLogger("com.acme.Model");
        return new Candidate(name, logger::info, context::stop);
    }

    private static ByteArrayInputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            values.put("secret-" + i, "test-token-" + Integer.toHexString(i * 7_919 + 0x10_0000) + "-0123456789abcdef");
        }
        return values;
    }
}
