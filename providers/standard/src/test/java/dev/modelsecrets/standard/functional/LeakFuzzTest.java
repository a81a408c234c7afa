package dev.modelsecrets.standard.functional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.ConflictPolicy;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.standard.LogLines;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.SpecialFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged documents and file trees around a sentinel: whatever becomes of them, no piece of the sentinel is seen.
 *
 * <p>{@link LongLeakFuzzTest} runs a million of them. {@code -Dfuzz.seed=...} runs others; a failure names the seed of
 * its document, which as {@code -Dfuzz.seed} makes that document the first one.
 */
class LeakFuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 20_260_101L);

    /** Of letters and digits, so that it could be a name too; no run of six of it stands in any name or path here. */
    private static final String SENTINEL = "XQ9ZJ7WVK4QXZ8JHV3";

    private static final Set<String> NAMES = Set.of("token", "other", "tls.key", "AUTH_SECRET");
    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.builder()
            .required("token")
            .withDefault("other", SENTINEL)
            .withDefault("tls.key", "")
            .withDefault("AUTH_SECRET", SENTINEL)
            .build();
    private static final SecretDeclarations REQUIRED = SecretDeclarations.of("tls.key", "other", "token");

    /** Documents with § for the sentinel. */
    private static final String[] YAML = {
        "secrets:\n  token: §\n",
        "# §\nsecrets:\n  other: x\n  token: § # §\n  tls.key: §\n",
        "secrets:\n  token: \"§\"\n  other: '§'\n",
        "secrets:\n  token: \"a\\t§\\n\\u00e9\"\n  other: it's §\n",
        "secrets:\n  tls.key: |\n    -----BEGIN-----\n    §\n    -----END-----\n  token: >-\n    §\n    §\n",
        "secrets: {token: §, other: \"§\", tls.key: [§, {§: §}]}\n",
        "{\"secrets\": {\"token\": \"§\", \"other\": null}}\n",
        "model: &a {§: §}\nmore: [§, '§', \"§\"]\nsecrets:\n  token: &b §\n  other: !!str §\n",
        "%YAML 1.1\n---\nsecrets:\n  ? token\n  : §\n...\n",
        "a:\n  b:\n    - §\n    - c: §\nsecrets:\n  token:\n  other: ~\n  Token: §\n  TLS-KEY: §\n",
        "§: §\nsecrets:\n  §: §\n  token: x\n",
        "secrets:\n  token: §\n  token2: §\nsecret:\n  token: §\n",
    };

    private static final String[] JSON = {
        "{\"token\": \"§\"}",
        "{\"token\": \"§\", \"other\": [\"§\", {\"§\": \"§\"}], \"tls.key\": {\"a\": 1.10, \"b\": \"§\"}}",
        "{ \"other\" : null , \"token\" : \"a\\n§\\u00e9\\\\\" }\n",
        "{\"§\": \"§\", \"Token\": \"§\", \"tls.key\": 1234567890}",
        "{\n  \"x\": {\"y\": {\"z\": [[\"§\"], true, false, null, -1e5]}},\n  \"token\": \"§\"\n}",
        "§",
        "{\"token\": §, \"other\": '§'}",
    };

    private static final String[] FILES = {"§", "§\n", "first\n§\n", "-----BEGIN-----\n§\n-----END-----\n", "\uFEFF§"};

    private static final SecretProvider VARIABLES =
            EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_token", SENTINEL + "2", "TRUSS_SECRET_x", SENTINEL));

    private final LeakChecker checker = new LeakChecker(SENTINEL);

    @TempDir
    Path directory;

    private final Documents documents = documents();
    private int found;
    private int failed;

    /**
     * How many documents each test has.
     *
     * @param localConfig YAML in a file
     * @param modelConfig YAML in memory
     * @param authSecret JSON in memory
     * @param mounted trees of files
     */
    record Documents(int localConfig, int modelConfig, int authSecret, int mounted) {}

    /** Returns how many documents there are. */
    Documents documents() {
        return new Documents(1_500, 2_000, 2_000, 500);
    }

    /** Makes one document with a mutator, and shows it to everything that could read it. */
    @FunctionalInterface
    private interface Round {
        void run(Mutator mutator) throws Exception;
    }

    /** A call whose result is checked, and that may throw anything. */
    @FunctionalInterface
    private interface Look {
        void run() throws Exception;
    }

    @Test
    void localConfig_damagedYaml_showsNothingOfTheSentinel() throws Exception {
        Path file = directory.resolve("config.yaml");
        LocalConfigSecretProvider provider = LocalConfigSecretProvider.at(file);

        fuzz(documents.localConfig(), mutator -> {
            write(file, mutator.mutate(template(mutator, YAML)));
            lookAt(provider, mutator);
        });
    }

    @Test
    void modelConfig_damagedYaml_showsNothingOfTheSentinel() throws Exception {
        fuzz(documents.modelConfig(), mutator -> {
            byte[] bytes = mutator.mutate(template(mutator, YAML));
            attempt(() -> lookAt(ModelConfig.read(new ByteArrayInputStream(bytes))));
        });
    }

    @Test
    void authSecret_damagedJson_showsNothingOfTheSentinel() throws Exception {
        fuzz(documents.authSecret(), mutator -> {
            byte[] bytes = mutator.mutate(template(mutator, JSON));
            String text = new String(bytes, mutator.oneIn(4) ? ISO_8859_1 : UTF_8);
            lookAt(AuthSecretProvider.of(Map.of("AUTH_SECRET", text)), mutator);
            if (mutator.oneIn(10)) {
                lookAt(
                        EnvironmentSecretProvider.of(Map.of("TRUSS_SECRET_token", text, "TRUSS_SECRET_OTHER", text)),
                        mutator);
            }
        });
    }

    @Test
    void mounted_damagedTree_showsNothingOfTheSentinel() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("secrets"));
        Files.createDirectory(mount.resolve("..generation"));
        Files.writeString(directory.resolve("outside"), SENTINEL);
        SpecialFiles.createFifo(directory.resolve("fifo"));
        for (String name : NAMES) {
            Files.writeString(Files.createDirectory(spareDirectory(name)).resolve("inner"), SENTINEL);
        }

        fuzz(documents.mounted(), mutator -> {
            if (mutator.oneIn(2)) {
                String data = mutator.pick("..generation", "..generation", "..data", "nowhere", "..", "token");
                Files.createSymbolicLink(mount.resolve("..data"), Path.of(data));
            }
            for (String name : NAMES) {
                createFile(mutator, mount, name);
            }
            lookAt(MountedSecretProvider.at(mount), mutator);
            empty(mount);
        });
    }

    /** A directory to move into the mount and back: to delete one is slow on some file systems. */
    private Path spareDirectory(String name) {
        return directory.resolve("spare-" + name);
    }

    private void createFile(Mutator mutator, Path mount, String name) throws IOException {
        Path file = mount.resolve(name);
        String kind = mutator.pick(
                "file",
                "file",
                "file",
                "of a generation",
                "of a generation",
                "directory",
                "link astray",
                "dangling link",
                "fifo",
                "large",
                "near miss",
                "absent");
        switch (kind) {
            case "file" -> Files.write(file, mutator.mutate(template(mutator, FILES)));
            case "of a generation" -> {
                Files.write(mount.resolve("..generation").resolve(name), mutator.mutate(template(mutator, FILES)));
                Files.createSymbolicLink(file, Path.of(mutator.pick("..data", "..data", "..generation", ".."), name));
            }
            case "directory" -> Files.move(spareDirectory(name), file);
            case "link astray" ->
                Files.createSymbolicLink(
                        file,
                        Path.of(mutator.pick("../outside", "..data/../../outside", "/dev/zero", ".", "..", name)));
            case "dangling link" -> {
                String target = new String(mutator.mutate(SENTINEL), US_ASCII).replaceAll("[^ -~]", "");
                // Where a link leads out of the directory, the message says where to.
                boolean leadsOut = target.matches(".*([/\\\\]|\\.\\.).*");
                Files.createSymbolicLink(
                        file, Path.of(target.isEmpty() || target.length() > 50 || leadsOut ? SENTINEL : target));
            }
            case "fifo" -> Files.createLink(file, directory.resolve("fifo"));
            case "large" -> {
                try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                    sparse.write(SENTINEL.getBytes(UTF_8));
                    sparse.setLength((1 << 20) + mutator.pick(0, 1, 1, 1_000_000));
                }
            }
            case "near miss" ->
                Files.writeString(
                        mount.resolve(
                                mutator.pick("TRUSS_SECRET_" + name, name + ".txt", name.replace('.', '-') + "_")),
                        SENTINEL);
            default -> {
                // Absent.
            }
        }
    }

    private void empty(Path mount) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(mount)) {
            for (Path file : files) {
                if (file.endsWith("..generation")) {
                    empty(file);
                } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(file, spareDirectory(file.getFileName().toString()));
                } else {
                    Files.delete(file);
                }
            }
        }
    }

    /** Writes a new file each time: to truncate one makes some file systems wait for the disk. */
    private static void write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    private static String template(Mutator mutator, String[] templates) {
        return mutator.pick(templates).replace("§", SENTINEL);
    }

    private void lookAt(SecretProvider provider, Mutator mutator) {
        SecretsResolver resolver = SecretsResolver.of(provider);
        checker.check("provider", provider);
        checker.check("resolver", resolver);
        attempt(() -> {
            Map<String, Lookup> answers = provider.find(NAMES);
            checker.check(answers.values());
            for (String name : REQUIRED.names()) {
                if (answers.get(name).isFound()) {
                    found++;
                    break;
                }
            }
        });
        attempt(() -> checker.check(resolver.resolve(REQUIRED)));
        attempt(() -> checker.check(resolver.resolve(DECLARATIONS)));
        attempt(() -> checker.check(resolver.explain(DECLARATIONS)));
        SecretsResolver strict = SecretsResolver.builder()
                .provider(VARIABLES)
                .provider(provider)
                .conflicts(mutator.pick(ConflictPolicy.WARN, ConflictPolicy.FAIL))
                .build();
        attempt(() -> checker.check(strict.resolve("token")));
        attempt(() -> checker.check(
                SecretsResolver.of(SecretProvider.optional(provider)).resolve(DECLARATIONS)));
    }

    private void lookAt(ModelConfig config) {
        SecretDeclarations declarations = config.declarations();
        found += declarations.names().isEmpty() ? 0 : 1;
        for (String name : declarations.names()) {
            if (checker.holdsPiece(name)) {
                // A document can declare the sentinel itself as a name, and names may be shown.
                return;
            }
        }
        SecretsResolver resolver = SecretsResolver.of(VARIABLES);
        checker.check("config", config);
        checker.check("declarations", declarations);
        attempt(() -> checker.check(resolver.resolve(declarations)));
        attempt(() -> checker.check(resolver.explain(declarations)));
    }

    private void attempt(Look look) {
        try {
            look.run();
        } catch (AssertionError leak) {
            throw leak;
        } catch (Throwable failure) {
            failed++;
            checker.check(failure);
            assertThat(failure.getClass().getPackageName()).startsWith("dev.modelsecrets");
        }
    }

    private void fuzz(int count, Round round) throws ReflectiveOperationException {
        try (LogLines log = new LogLines()) {
            for (int i = 0; i < count; i++) {
                long seed = SEED + i * 1_000_003L;
                try {
                    round.run(new Mutator(seed, SENTINEL));
                    checker.check("log", log.soFar());
                    log.forget();
                } catch (Exception | AssertionError failure) {
                    throw new AssertionError("run again with -Dfuzz.seed=" + seed, failure);
                }
            }
        }
        if (count < 1_000) {
            return;
        }
        // Neither is every document refused, nor is every one accepted.
        assertThat(found).isBetween(count / 10, count * 9 / 10);
        assertThat(failed).isGreaterThan(count / 10);
    }
}
