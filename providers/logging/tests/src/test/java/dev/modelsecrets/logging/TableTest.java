package dev.modelsecrets.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.SimpleFormatter;
import java.util.logging.XMLFormatter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Logs every shape to every back end in its usual layouts, and keeps the table that the README publishes. */
class TableTest {

    private static final Path README =
            Path.of(System.getProperty("basedir", "")).resolve("../README.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(?<=<!-- shapes -->\n).*(?=<!-- /shapes -->)");

    static final List<Backend> BACKENDS = List.of(
            new LogbackBackend(
                    "pattern", "<encoder><pattern>%d %p [%t] %c %X %marker %kvp - %m%n%ex</pattern></encoder>"),
            new LogbackBackend("JsonEncoder", "<encoder class='ch.qos.logback.classic.encoder.JsonEncoder'/>"),
            new LogbackBackend("logstash", "<encoder class='net.logstash.logback.encoder.LogstashEncoder'/>"),
            new LogbackBackend(
                    "Boot ECS",
                    "<encoder class='org.springframework.boot.logging.logback.StructuredLogEncoder'>"
                            + "<format>ecs</format></encoder>"),
            new LogbackBackend(
                    "Boot GELF",
                    "<encoder class='org.springframework.boot.logging.logback.StructuredLogEncoder'>"
                            + "<format>gelf</format></encoder>"),
            new Log4jBackend(
                    "pattern", "<PatternLayout charset='UTF-8' pattern='%d %p [%t] %c %X %x %marker - %m%n%ex'/>"),
            new Log4jBackend("JSON template ECS", "<JsonTemplateLayout eventTemplateUri='classpath:EcsLayout.json'/>"),
            new Log4jBackend(
                    "JSON template logstash",
                    "<JsonTemplateLayout eventTemplateUri='classpath:LogstashJsonEventLayoutV1.json'/>"),
            new Log4jBackend("Boot ECS", "<StructuredLogLayout format='ecs'/>"),
            new Log4jBackend("HTML", "<HtmlLayout/>"),
            new JulBackend("simple", new SimpleFormatter()),
            new JulBackend("XML", new XMLFormatter()));

    @Test
    void table_ofAllShapes_isWhatTheReadmePublishesAndHasNoLeak() throws IOException {
        String table = table();
        String readme = Files.readString(README);
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(
                    README, TABLE.matcher(readme).replaceFirst(java.util.regex.Matcher.quoteReplacement(table)));
        } else {
            assertThat(readme).contains(table);
        }
        assertThat(table).doesNotContain("leaks", "masks");
    }

    private static String table() {
        StringBuilder table = new StringBuilder();
        table.append("| | ")
                .append(BACKENDS.stream()
                        .map(backend -> backend.name() + "<br>" + backend.layout())
                        .collect(Collectors.joining(" | ")))
                .append(" |\n|")
                .append(" --- |".repeat(BACKENDS.size() + 1))
                .append('\n');
        for (Shape shape : Shapes.all()) {
            List<String> cells = new ArrayList<>();
            for (Backend backend : BACKENDS) {
                cells.add(verdict(backend.written(shape)));
            }
            table.append("| ")
                    .append(shape.name())
                    .append(" | ")
                    .append(String.join(" | ", cells))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String verdict(String written) {
        if (written.isEmpty()) {
            return "";
        }
        if (LeakFinder.findsAny(Shapes.NEEDLES, written)) {
            return "leaks";
        }
        int ordinary = written.split(Pattern.quote(Shape.ORDINARY), -1).length - 1;
        return ordinary == 2 ? "no" : "masks " + ordinary;
    }
}
