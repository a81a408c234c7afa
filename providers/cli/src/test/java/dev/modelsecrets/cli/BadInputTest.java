package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.cli.Shell.Result;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StorePassword;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every command with bad input: one message on standard error, the right code, no stack trace, no value. */
class BadInputTest {

    private static final String SENTINEL = "sentinel-value-7f3a";
    private static final String PASSWORD = "test-password-of-24-chars";

    @TempDir
    private static Path directory;

    private static Path store;
    private static Path key;
    private static Path otherKey;
    private static Path passwordStore;
    private static Path malformed;
    private static Path wrongPassword;

    @BeforeAll
    static void makeStores() throws Exception {
        key = directory.resolve("right.key");
        otherKey = directory.resolve("other.key");
        store = directory.resolve("by-key/secrets.json");
        passwordStore = directory.resolve("by-password/secrets.json");
        Files.createDirectories(store.getParent());
        Files.createDirectories(passwordStore.getParent());
        StoreKeyFile.create(otherKey);
        try (EncryptedSecretStore made = EncryptedSecretStore.create(store, StoreKeyFile.create(key))) {
            made.put("a", SENTINEL);
        }
        EncryptedSecretStore.create(passwordStore, StorePassword.of(PASSWORD.toCharArray()))
                .close();
        malformed = directory.resolve("malformed.txt");
        Files.writeString(malformed, "{\"" + SENTINEL + ": [" + SENTINEL + "\n: - '");
        Files.writeString(directory.resolve("value"), SENTINEL);
        Files.writeString(directory.resolve("import.env"), "IMPORTED=" + SENTINEL);
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        wrongPassword = directory.resolve("wrong-password");
        Files.writeString(wrongPassword, SENTINEL + "-wrong-password");
    }

    /** One call of each command that opens a store. */
    private static Map<CommandTable, List<String>> storeCommands() {
        String file = directory.resolve("value").toString();
        Map<CommandTable, List<String>> calls = new LinkedHashMap<>();
        calls.put(CommandTable.CHECK, List.of("--names", "a", "--chain", "none"));
        calls.put(CommandTable.RUN, List.of("--env", "A=a", "--chain", "none"));
        calls.put(CommandTable.SET, List.of("a", "@" + file));
        calls.put(CommandTable.GENERATE, List.of("a"));
        calls.put(CommandTable.ROTATE, List.of("a", "@" + file));
        calls.put(CommandTable.GET, List.of("a", "--reveal", "--to", "-"));
        calls.put(CommandTable.LIST, List.of());
        calls.put(CommandTable.SHOW, List.of("a"));
        calls.put(CommandTable.DESCRIBE, List.of("a", "--description", "text"));
        calls.put(CommandTable.DELETE, List.of("a"));
        calls.put(CommandTable.HISTORY, List.of("a"));
        calls.put(CommandTable.UNDO, List.of("a"));
        calls.put(CommandTable.DUE, List.of());
        calls.put(CommandTable.ATTACH, List.of("llm", "a"));
        calls.put(CommandTable.DETACH, List.of("llm", "a"));
        calls.put(CommandTable.PASSWD, List.of("--remove", "password"));
        calls.put(CommandTable.AUDIT, List.of());
        calls.put(CommandTable.IMPORT, List.of(directory.resolve("import.env").toString()));
        calls.put(CommandTable.EXPORT, List.of("--reveal", "--to", "-"));
        calls.put(
                CommandTable.PUSH,
                List.of("--to", "vault", "--endpoint", "http://127.0.0.1:1", "--names", "a", "--chain", "none"));
        calls.put(
                CommandTable.DIFF,
                List.of("--to", "vault", "--endpoint", "http://127.0.0.1:1", "--names", "a", "--chain", "none"));
        return calls;
    }

    private static String[] arguments(CommandTable command, List<String> call, String... further) {
        List<String> arguments = new ArrayList<>();
        arguments.add(command.word());
        arguments.addAll(call);
        arguments.addAll(List.of(further));
        if (command == CommandTable.RUN) {
            arguments.addAll(List.of("--", "true"));
        }
        return arguments.toArray(new String[0]);
    }

    @TestFactory
    Stream<DynamicTest> store_thatCannotBeOpened_isOneMessage() {
        Map<String, String[]> stores = new LinkedHashMap<>();
        stores.put(
                "missing", new String[] {"4", directory.resolve("absent.json").toString(), key.toString()});
        stores.put("malformed", new String[] {"4", malformed.toString(), key.toString()});
        stores.put("wrong key", new String[] {"5", store.toString(), otherKey.toString()});
        stores.put(
                "missing key",
                new String[] {"4", store.toString(), directory.resolve("no.key").toString()});
        stores.put("malformed key", new String[] {"4", store.toString(), malformed.toString()});
        return stores.entrySet().stream()
                .flatMap(bad -> storeCommands().entrySet().stream()
                        .map(call -> DynamicTest.dynamicTest(
                                bad.getKey() + ": " + call.getKey().word(), () -> {
                                    String[] arguments = arguments(
                                            call.getKey(),
                                            call.getValue(),
                                            "--store",
                                            bad.getValue()[1],
                                            "--key-file",
                                            bad.getValue()[2]);

                                    Result result = shell().run(arguments);

                                    assertOneMessage(
                                            result,
                                            expected(bad.getKey(), call.getKey(), bad.getValue()[0]),
                                            arguments);
                                })));
    }

    /** A provider that cannot read its store is a failure of the secret, whatever the reason. */
    private static int expected(String bad, CommandTable command, String code) {
        boolean resolves = EnumSet.of(CommandTable.CHECK, CommandTable.RUN, CommandTable.PUSH, CommandTable.DIFF)
                .contains(command);
        return resolves && bad.equals("wrong key") ? ExitCode.FAILED : Integer.parseInt(code);
    }

    @TestFactory
    Stream<DynamicTest> password_wrong_isDenied() {
        Set<CommandTable> some =
                EnumSet.of(CommandTable.LIST, CommandTable.SET, CommandTable.EXPORT, CommandTable.PASSWD);
        return some.stream()
                .map(command -> DynamicTest.dynamicTest(command.word(), () -> {
                    String[] arguments = arguments(
                            command,
                            storeCommands().get(command),
                            "--store",
                            passwordStore.toString(),
                            "--password-file",
                            wrongPassword.toString());

                    assertOneMessage(shell().run(arguments), ExitCode.DENIED, arguments);
                }));
    }

    @TestFactory
    Stream<DynamicTest> terminal_missing_isSaid() {
        return storeCommands().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey().word(), () -> {
                    String[] arguments = arguments(call.getKey(), call.getValue(), "--store", passwordStore.toString());

                    Result result = shell().run(arguments);

                    assertOneMessage(result, ExitCode.USAGE, arguments);
                    assertThat(result.err()).contains("no terminal");
                }));
    }

    @TestFactory
    Stream<DynamicTest> output_closedOrFull_isSaid() {
        Map<String, String> reasons =
                Map.of("Broken pipe", "its reader has closed it", "No space left on device", "the disk is full");
        Map<CommandTable, List<String>> calls = new LinkedHashMap<>();
        calls.put(CommandTable.CHECK, List.of("--names", "a", "--chain", "none"));
        calls.put(CommandTable.GET, List.of("a", "--reveal", "--to", "-"));
        calls.put(CommandTable.LIST, List.of());
        calls.put(CommandTable.SHOW, List.of("a"));
        calls.put(CommandTable.HISTORY, List.of("a"));
        calls.put(CommandTable.DUE, List.of("--within", "1000d", "--json"));
        calls.put(CommandTable.AUDIT, List.of());
        calls.put(CommandTable.EXPORT, List.of("--reveal", "--to", "-"));
        Stream<DynamicTest> withStore = reasons.entrySet().stream()
                .flatMap(reason -> calls.entrySet().stream()
                        .map(call -> DynamicTest.dynamicTest(
                                reason.getKey() + ": " + call.getKey().word(), () -> {
                                    String[] arguments = arguments(
                                            call.getKey(),
                                            call.getValue(),
                                            "--store",
                                            store.toString(),
                                            "--key-file",
                                            key.toString());

                                    Result result = shell().outputFailsWith(reason.getKey())
                                            .run(arguments);

                                    assertOneMessage(result, ExitCode.FAILED, arguments);
                                    assertThat(result.err())
                                            .contains("standard output cannot be written: " + reason.getValue());
                                })));
        Stream<DynamicTest> others = Stream.of("--help", "--version", "completion bash", "man check", "check --help")
                .map(line -> DynamicTest.dynamicTest(
                        line,
                        () -> assertOneMessage(
                                shell().outputFailsWith("Broken pipe").run(line.split(" ")), ExitCode.FAILED, line)));
        return Stream.concat(withStore, others);
    }

    @TestFactory
    Stream<DynamicTest> option_unknown_isUsageWithoutItsValue() {
        return Arrays.stream(CommandTable.values())
                .map(command -> DynamicTest.dynamicTest(command.word(), () -> {
                    String[] arguments = {command.word(), "--no-such-option=" + SENTINEL};

                    assertOneMessage(shell().run(arguments), ExitCode.USAGE, arguments);
                }));
    }

    @TestFactory
    Stream<DynamicTest> arguments_tooMany_areNotRepeated() {
        Set<CommandTable> takeAny =
                EnumSet.of(CommandTable.RUN, CommandTable.ATTACH, CommandTable.DETACH, CommandTable.EXPORT);
        return EnumSet.complementOf(EnumSet.copyOf(takeAny)).stream()
                .map(command -> DynamicTest.dynamicTest(command.word(), () -> {
                    String[] arguments = {command.word(), "a", "b", "c", "d", SENTINEL};

                    assertOneMessage(shell().run(arguments), ExitCode.USAGE, arguments);
                }));
    }

    @TestFactory
    Stream<DynamicTest> files_missingOrMalformed_areOneMessage() {
        String absent = directory.resolve("absent").toString();
        String bad = malformed.toString();
        String binary = directory.resolve("binary").toString();
        String[] opened = {"--store", store.toString(), "--key-file", key.toString()};
        List<List<String>> calls = List.of(
                List.of("4", "check", absent),
                List.of("4", "check", bad),
                List.of("4", "check", directory.toString()),
                List.of("4", "check", "--names", "a", "--dotenv", bad),
                List.of("4", "check", "--names", "a", "--directory", bad),
                List.of("4", "check", "--names", "a", "--local-config", bad),
                List.of("3", "check", "--names", "a", "--dotenv", absent),
                List.of("2", "check", "--names", "a/b"),
                List.of("2", "check", "--names", "a", "--chain", "none"),
                List.of("2", "check", "--names", "a", "--chain", "other"),
                List.of("2", "check", "--names", "a", "--probe", "a=nobody"),
                List.of("2", "run", "--", "true"),
                List.of("2", "run", "--env", "A", "--", "true"),
                List.of("3", "run", "--env", "A=a", "--", "true"),
                List.of("4", "run", "--env", "A=a", "--config", bad, "--", "true"),
                List.of("2", "run", "--env", "A=a", "--watch", "maybe", "--", "true"),
                List.of("2", "run", "--env", "A=a", "--watch", "signal", "--signal", "HUB", "--", "true"),
                List.of("3", "check", "--names", "absent,absent", "--chain", "truss-server"),
                List.of("4", "set", "a", "@" + absent),
                List.of("4", "set", "a", "@" + binary),
                List.of("4", "set", "a", "@" + directory),
                List.of("4", "set", "a", "-"),
                List.of("2", "set"),
                List.of("2", "generate"),
                List.of("2", "rotate"),
                List.of("2", "delete"),
                List.of("2", "show"),
                List.of("2", "history"),
                List.of("2", "describe"),
                List.of("2", "undo"),
                List.of("2", "attach"),
                List.of("2", "attach", "llm"),
                List.of("2", "detach"),
                List.of("2", "import"),
                List.of("2", "completion"),
                List.of("2", "run", "--env", "A=a"),
                List.of("2", "set", "a/b", "@" + absent),
                List.of("2", "set", "a", "--expires", "tomorrow", "@" + absent),
                List.of("2", "set", "a", "--template", "none", "@" + absent),
                List.of("2", "generate", "a", "--bytes", "many"),
                List.of("3", "rotate", "absent", "@" + directory.resolve("value")),
                List.of("2", "get", "a"),
                List.of("2", "get", "a", "--reveal"),
                List.of("3", "get", "absent", "--reveal", "--to", "-"),
                List.of("3", "get", "a", "absent", "--reveal", "--to", "-"),
                List.of(
                        "4",
                        "get",
                        "a",
                        "--reveal",
                        "--to",
                        directory.resolve("absent/file").toString()),
                List.of("3", "show", "absent"),
                List.of("3", "describe", "absent", "--description", "x"),
                List.of("3", "delete", "absent"),
                List.of("6", "delete", "a", "--if-version", "99"),
                List.of("3", "history", "absent"),
                List.of("3", "undo", "a"),
                List.of("3", "attach", "llm", "absent"),
                List.of("4", "attach", "llm", "a", "--config", bad),
                List.of("2", "detach", "llm"),
                List.of("2", "due", "--within", "soon"),
                List.of("4", "passwd", "--remove", "nothing"),
                List.of("4", "passwd", "--new-password-file", absent),
                List.of("4", "import", absent),
                List.of("4", "import", bad),
                List.of("4", "import", "--from", "json", bad),
                List.of("4", "import", "--from", "kubernetes", bad),
                List.of("4", "import", "--from", "dotenv", binary),
                List.of("4", "import", "--from", "pkcs12", "--source-password-file", wrongPassword.toString(), bad),
                List.of("2", "import", "--from", "other", bad),
                List.of("2", "export"),
                List.of("2", "export", "--reveal", "--to", "-", "--format", "xml"),
                List.of("3", "export", "absent", "--reveal", "--to", "-"),
                List.of("6", "init"),
                List.of("2", "push"),
                List.of("2", "push", "--to", "nowhere", "--names", "a"),
                List.of("2", "push", "--to", "oci", "--names", "a"),
                List.of("2", "diff", "--to", "bentocloud", "--endpoint", "http://example.com", "--names", "a"),
                List.of("4", "diff", "--to", "baseten", "--token-file", absent, "--names", "a"),
                List.of("2", "passwd", "--add-key-file", absent, "--remove", "key-file"),
                List.of("2", "completion", "tcsh"),
                List.of("2", "man", "nothing"),
                List.of("2", "no-such-command"));
        return calls.stream().map(call -> {
            List<String> arguments = new ArrayList<>(call.subList(1, call.size()));
            boolean takesStore = CommandTable.find(arguments.get(0))
                    .filter(command -> command.spec().optionsMap().containsKey("--store"))
                    .isPresent();
            boolean resolves = Set.of("check", "run", "push", "diff").contains(arguments.get(0));
            if (takesStore && !resolves) {
                arguments.addAll(1, List.of(opened));
            }
            return DynamicTest.dynamicTest(
                    String.join(" ", arguments),
                    () -> assertOneMessage(
                            shell().run(arguments.toArray(new String[0])),
                            Integer.parseInt(call.get(0)),
                            arguments.toArray(new String[0])));
        });
    }

    @Test
    void commands_ofTheTable_areAllInThisTest() {
        Set<String> covered = new TreeSet<>();
        storeCommands().keySet().forEach(command -> covered.add(command.word()));
        covered.addAll(List.of("init", "serve", "completion", "man"));

        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CommandTable.values())
                        .map(CommandTable::word)
                        .toList());
    }

    private static Shell shell() {
        return new Shell(directory)
                .variable("VAULT_TOKEN", SENTINEL)
                .variable("BASETEN_API_KEY", SENTINEL)
                .variable("OCI_BLUEPRINTS_TOKEN", SENTINEL)
                .variable("BENTO_CLOUD_API_KEY", SENTINEL);
    }

    private static void assertOneMessage(Result result, int code, String... arguments) {
        assertThat(result.all())
                .as("%s", String.join(" ", arguments))
                .doesNotContain(SENTINEL)
                .doesNotContain("\tat ");
        assertThat(result.code()).as(result.all()).isEqualTo(code);
        boolean report = arguments[0].equals("check") && result.err().isEmpty();
        if (!report) {
            assertThat(result.err()).startsWith("model-secrets: ").doesNotContain("the program itself");
            assertThat(result.err().lines().filter(line -> line.startsWith("model-secrets: ")))
                    .hasSize(1);
        }
    }
}
