package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither values nor tokens are printed or logged, whatever the JVM logs; each run is a JVM of its own. */
class PlatformLeakTest {

    private static final List<String> SECRET =
            List.of(LeakProbe.VALUE, BasetenDouble.KEY, BentoCloudDouble.TOKEN, OciDouble.TOKEN, OciDouble.PASSWORD);

    @Test
    void push_allLoggersAtTheFinestLevel_showsNothing(@TempDir Path directory) throws Exception {
        String output = run(
                directory,
                "-Djdk.httpclient.HttpClient.log=errors,requests,content,frames,ssl,trace,channel",
                "-Djdk.internal.httpclient.debug=true",
                "-Djdk.internal.httpclient.hpack.debug=true",
                "-Djavax.net.debug=ssl,handshake");

        assertThat(output.contains("jdk.internal.net.http"))
                .as("the client logs")
                .isTrue();
        assertThat(output.lines().filter("complete"::equals)).hasSize(3);
        assertNothingSecret(output);
    }

    @Test
    void push_headersWouldBeLogged_refused(@TempDir Path directory) throws Exception {
        for (String option : List.of(
                "jdk.httpclient.HttpClient.log=all",
                "jdk.httpclient.HttpClient.log=requests,headers",
                "javax.net.debug=all",
                "javax.net.debug=ssl:record:plaintext")) {
            String output = run(directory, "-D" + option);

            String property = option.substring(0, option.indexOf('='));
            assertThat(output.lines())
                    .as(option)
                    .anyMatch(line ->
                            line.contains("Baseten: nothing was sent, because the log would hold the token and the"
                                    + " values: start Java without -D" + property))
                    .doesNotContain("complete");
            assertNothingSecret(output);
        }
    }

    private static void assertNothingSecret(String output) {
        for (String secret : SECRET) {
            String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(output.contains(secret) || output.contains(base64)).isFalse();
        }
    }

    private static String run(Path directory, String... options) throws IOException, InterruptedException {
        Path logging = Files.writeString(
                directory.resolve("logging.properties"),
                "handlers=java.util.logging.ConsoleHandler\njava.util.logging.ConsoleHandler.level=ALL\n.level=ALL\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        Stream.of(
                        "-Djava.util.logging.config.file=" + logging,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeakProbe.class.getName(),
                        directory.toString())
                .forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }
}
