package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.testing.SecretProviderContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Each provider does what all providers must do. */
class ContractsTest {

    private static void fill(Path directory, Map<String, String> values) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, String> entry : values.entrySet()) {
            // A single line that ends in a line break would lose it.
            Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
        }
    }

    @Nested
    class DotEnvContract implements SecretProviderContract {

        @TempDir
        private Path directory;

        @Override
        public void store(Map<String, String> values) throws IOException {
            StringBuilder text = new StringBuilder();
            values.forEach((name, value) -> text.append(
                    value.isBlank() ? name + "='" + value + "'\n" : DotEnvWriter.format(Map.of(name, value))));
            Files.writeString(directory.resolve(".env"), text);
        }

        @Override
        public SecretProvider provider() {
            return DotEnvSecretProvider.at(directory.resolve(".env"));
        }

        @Override
        public void breakBackend() throws IOException {
            Files.writeString(directory.resolve(".env"), "A='");
        }

        @Override
        public int largestValue() {
            return 1 << 19;
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }
    }

    @Nested
    class DockerContract implements SecretProviderContract {

        @TempDir
        private Path directory;

        private boolean broken;

        @Override
        public void store(Map<String, String> values) throws IOException {
            fill(directory, values);
        }

        @Override
        public SecretProvider provider() {
            return broken
                    ? LocalProviders.dockerSecrets(directory)
                    : LocalProviders.systemdCredentials(Map.of("CREDENTIALS_DIRECTORY", directory.toString()));
        }

        @Override
        public void breakBackend() throws IOException {
            broken = true;
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.write(file, new byte[] {(byte) 0xff});
                }
            }
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }
    }

    @Nested
    class VariablesContract implements SecretProviderContract {

        private Map<String, String> values = Map.of();

        @Override
        public void store(Map<String, String> stored) {
            values = stored;
        }

        @Override
        public SecretProvider provider() {
            Map<String, String> names = new HashMap<>();
            values.keySet().forEach(name -> names.put(name, name));
            return LocalProviders.variables(values, names);
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_FAILS, Limit.NEVER_DENIES);
        }
    }

    @Nested
    class VariableFilesContract implements SecretProviderContract {

        @TempDir
        private Path directory;

        private final Map<String, String> variables = new HashMap<>();

        @Override
        public void store(Map<String, String> values) throws IOException {
            fill(directory, values);
            variables.clear();
            values.keySet()
                    .forEach(name -> variables.put(
                            name + "_FILE", directory.resolve(name).toString()));
        }

        @Override
        public SecretProvider provider() {
            return LocalProviders.variableFiles(variables);
        }

        @Override
        public void breakBackend() {
            variables.replaceAll((variable, path) -> directory.toString());
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class CommandContract implements SecretProviderContract {

        @TempDir
        private Path directory;

        @TempDir
        private Path scripts;

        private String script = "[ -e \"$1\" ] || exit 3; exec cat \"$1\"";

        @Override
        public void store(Map<String, String> values) throws IOException {
            fill(directory, values);
        }

        @Override
        public SecretProvider provider() throws IOException {
            Path file = Files.writeString(scripts.resolve("read"), script);
            return CommandSecretProvider.builder("/bin/sh", file.toString(), directory + "/{name}")
                    .absentStatus(3)
                    .timeout(Duration.ofMinutes(1))
                    .build();
        }

        @Override
        public void breakBackend() {
            script = "exit 1";
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class BatchContract implements SecretProviderContract {

        @TempDir
        private Path directory;

        private final Map<String, String> stored = new HashMap<>();
        private final Set<String> denied = new HashSet<>();
        private boolean broken;

        @Override
        public void store(Map<String, String> values) throws IOException {
            stored.clear();
            stored.putAll(values);
            writeAnswers();
        }

        private Path writeAnswers() throws IOException {
            StringBuilder lines = new StringBuilder();
            stored.forEach((name, value) -> lines.append("{\"name\":\"")
                    .append(name)
                    .append(
                            denied.contains(name)
                                    ? "\",\"status\":\"denied\"}\n"
                                    : "\",\"value\":" + json(value) + "}\n"));
            return Files.writeString(directory.resolve("answers"), lines);
        }

        @Override
        public SecretProvider provider() throws IOException {
            Path answers = writeAnswers();
            String script = "while IFS= read -r question; do\n"
                    + "  grep -F -e \"${question%\\}},\" '" + answers + "' ||\n"
                    + "    printf '%s\\n' \"${question%\\}},\\\"status\\\":\\\"absent\\\"}\"\n"
                    + "done\n";
            Path file = Files.writeString(directory.resolve("helper"), broken ? "exit 1" : script);
            return CommandSecretProvider.batch("/bin/sh", file.toString())
                    .timeout(Duration.ofMinutes(1))
                    .build();
        }

        @Override
        public void breakBackend() {
            broken = true;
        }

        @Override
        public void deny(String name) {
            denied.add(name);
        }
    }

    @Nested
    @DisabledOnOs(OS.WINDOWS)
    class SopsContract implements SecretProviderContract {

        @TempDir
        private Path directory;

        private boolean broken;

        @Override
        public void store(Map<String, String> values) throws IOException {
            StringBuilder document = new StringBuilder();
            values.forEach((name, value) -> document.append(document.isEmpty() ? "{" : ",\n")
                    .append(json(name))
                    .append(':')
                    .append(json(value)));
            Files.writeString(directory.resolve("secrets.json"), document.isEmpty() ? "{}" : document + "}");
        }

        @Override
        public SecretProvider provider() throws IOException {
            return SopsSecretProvider.at(directory.resolve("secrets.json"))
                    .program(SopsSecretProviderTest.program(directory, broken ? "exit 128" : "exec cat \"$4\""))
                    .timeout(Duration.ofMinutes(1))
                    .build();
        }

        @Override
        public void breakBackend() {
            broken = true;
        }

        @Override
        public Set<Limit> limits() {
            return Set.of(Limit.NEVER_DENIES);
        }
    }

    @Nested
    class DerivedContract implements SecretProviderContract {

        private final Map<String, String> stored = new HashMap<>();
        private final Set<String> denied = new HashSet<>();

        @Override
        public void store(Map<String, String> values) {
            stored.clear();
            values.forEach((name, value) ->
                    stored.put(name, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        }

        @Override
        public SecretProvider provider() {
            SecretProvider encoded = SecretProvider.of("encoded", name -> {
                String value = stored.get(name);
                return denied.contains(name)
                        ? Lookup.denied("is denied")
                        : value == null ? Lookup.absent("has no such secret") : Lookup.found(value, name);
            });
            DerivedSecretProvider.Builder builder = DerivedSecretProvider.over(encoded);
            stored.keySet().forEach(builder::base64);
            return builder.build();
        }

        @Override
        public void breakBackend() {
            stored.replaceAll((name, value) -> "*");
        }

        @Override
        public void deny(String name) {
            denied.add(name);
        }
    }

    private static String json(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
