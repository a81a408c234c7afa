package dev.modelsecrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Java 17 in a container without a locale: the default charset is ASCII. */
class DefaultCharsetTest {

    private static final String VALUE = "p\u00e4ss\u2713\ud83d\udd11";

    @Test
    void find_defaultCharsetIsAscii_valueUnchanged() throws Exception {
        try (VaultServer server = new VaultServer()) {
            VaultAdmin admin = new VaultAdmin(server.address(), VaultServer.ROOT);
            admin.write("x", Map.of("value", VALUE));
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dfile.encoding=US-ASCII",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Program.class.getName(),
                            server.address(),
                            admin.path("x")))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(output).isEqualTo("same\n");
        }
    }

    /** What runs there. */
    static final class Program {

        public static void main(String[] arguments) {
            try (VaultSecretProvider provider = VaultSecretProvider.builder()
                    .environment(Map.of())
                    .address(arguments[0])
                    .token(VaultServer.ROOT)
                    .secretPerName(name -> arguments[1])
                    .deadline(Duration.ofMinutes(1))
                    .build()) {
                String value = provider.find(Set.of("x")).get("x").value();
                System.out.print(value.equals(VALUE) ? "same\n" : "another value\n");
            }
        }
    }
}
