package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {

    private static final String SENTINEL = "sentinel-value-7f3a";

    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void makeStore() {
        store = directory.resolve("a store/secrets.json");
        done(new Shell(directory), "init");
    }

    private Result run(Shell shell, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--store");
        all.add(store.toString());
        return shell.run(all.toArray(new String[0]));
    }

    /** Runs a command that is to succeed and to show no value. */
    private String done(Shell shell, String... arguments) {
        Result result = run(shell, arguments);
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).doesNotContain(SENTINEL);
        return result.out();
    }

    private Shell shell() {
        return new Shell(directory);
    }

    private String value(String... name) {
        List<String> arguments = new ArrayList<>(List.of("get"));
        arguments.addAll(List.of(name));
        arguments.addAll(List.of("--reveal", "--to", "-"));
        return run(shell(), arguments.toArray(new String[0])).out();
    }

    @Test
    void init_makesStoreAndKeyForTheirOwner() throws Exception {
        assertThat(store).exists();
        assertThat(Files.getPosixFilePermissions(store.resolveSibling("store.key"))
                        .toString())
                .doesNotContain("GROUP", "OTHERS");
        assertThat(run(shell(), "init").code()).isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void set_takesTheValueFromInputPromptOrFile() throws Exception {
        Files.writeString(directory.resolve("value"), SENTINEL + "-3\n");

        done(shell().input(SENTINEL + "-1\n"), "set", "from-input");
        done(shell().terminal(SENTINEL + "-2", SENTINEL + "-2"), "set", "from-prompt");
        done(shell(), "set", "from-file", "token", "@" + directory.resolve("value"));

        assertThat(value("from-input")).isEqualTo(SENTINEL + "-1\n");
        assertThat(value("from-prompt")).isEqualTo(SENTINEL + "-2\n");
        assertThat(value("from-file", "token")).isEqualTo(SENTINEL + "-3\n");
        assertThat(done(shell(), "list")).contains("from-file", "from-input", "from-prompt", "token");
    }

    @Test
    void set_typedDifferently_storesNothing() {
        Result result = run(shell().terminal(SENTINEL, SENTINEL + "x"), "set", "a");

        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.all()).doesNotContain(SENTINEL);
        assertThat(done(shell(), "list")).isEmpty();
    }

    @Test
    void set_withCreate_failsIfItExists() {
        done(shell().input(SENTINEL), "set", "a");

        assertThat(run(shell().input(SENTINEL), "set", "a", "--create").code()).isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void set_keepsWhatIsSaidBeside() {
        done(
                shell().input(SENTINEL),
                "set",
                "a",
                "--description",
                "for gated models",
                "--label",
                "team=search",
                "--expires",
                "2099-12-31",
                "--rotate-every",
                "90d",
                "--stage",
                "runtime");
        done(shell(), "describe", "a", "--description", "changed");

        assertThat(done(shell(), "show", "a")).contains("changed", "team=search", "2099-12-31T00:00:00Z", "runtime");
        assertThat(done(shell(), "due", "--within", "100d")).contains("a ");
        assertThat(done(shell(), "due", "--within", "7d")).isEmpty();

        done(shell(), "describe", "a", "--expires", "never", "--rotate-every", "never");

        assertThat(done(shell(), "due", "--within", "99999d")).isEmpty();
        done(shell(), "describe", "a", "--expires", "999999999999d");
        assertThat(done(shell(), "due", "--within", "99999d")).isEmpty();
    }

    @Test
    void import_valueThatIsNotBase64_isRefused() throws Exception {
        Path manifest = Files.writeString(directory.resolve("secret.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: damaged
                data:
                  token: dGVz*dC10b2tlbg==
                """);

        Result refused = run(shell(), "import", "--from", "kubernetes", manifest.toString());

        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .contains(manifest + ": damaged token is not base64")
                .doesNotContain("dGVz");
        assertThat(done(shell(), "list")).isEmpty();
    }

    @Test
    void template_checksTheFormat() {
        Result refused = run(shell().input(SENTINEL), "set", "hf", "HF_TOKEN", "--template", "hugging-face");

        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.all()).doesNotContain(SENTINEL);
        done(shell().input(SENTINEL), "set", "hf", "HF_TOKEN", "--template", "hugging-face", "--any-format");
    }

    @Test
    void rotate_historyAndUndo_goTogether() {
        done(shell().input("test-token-1"), "set", "a");
        done(shell(), "attach", "llm", "a");

        assertThat(done(shell().input("test-token-2"), "rotate", "a")).contains("llm uses it and has to restart");
        assertThat(value("a")).isEqualTo("test-token-2\n");
        assertThat(done(shell(), "history", "a")).contains("version 2", "version 1");
        done(shell(), "undo", "a");
        assertThat(value("a")).isEqualTo("test-token-1\n");
        assertThat(run(shell().input("test-token-3"), "rotate", "a", "--if-version", "1")
                        .code())
                .isEqualTo(ExitCode.CONFLICT);
    }

    @Test
    void generate_storesARandomValue() {
        assertThat(done(shell(), "generate", "a", "--hex", "--bytes", "24")).contains("stored a");
        String first = value("a");
        done(shell(), "rotate", "a", "--generate");

        assertThat(first).matches("[0-9a-f]{48}\n");
        assertThat(value("a")).hasSizeGreaterThan(32).isNotEqualTo(first);
    }

    @Test
    void get_needsRevealAndAPlace_andIsRecorded() throws Exception {
        done(shell().input(SENTINEL), "set", "a");

        assertThat(run(shell(), "get", "a").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run(shell(), "get", "a", "--reveal").code()).isEqualTo(ExitCode.USAGE);
        assertThat(run(shell().terminal(), "get", "a", "--reveal").out()).isEqualTo(SENTINEL + "\n");
        done(shell(), "get", "a", "--reveal", "--to", directory.resolve("out").toString());
        assertThat(directory.resolve("out")).hasContent(SENTINEL);
        assertThat(Files.getPosixFilePermissions(directory.resolve("out")).toString())
                .doesNotContain("GROUP", "OTHERS");

        List<String> log = Files.readAllLines(store.resolveSibling("audit.jsonl"));
        assertThat(log.stream().filter(line -> line.contains("\"verb\":\"read\"")))
                .hasSize(2);
        assertThat(String.join("", log)).doesNotContain(SENTINEL);
        assertThat(done(shell(), "audit")).contains("in order: 3 lines");
    }

    @Test
    void delete_inUse_isAConflict() {
        done(shell().input(SENTINEL), "set", "a");
        done(shell(), "attach", "llm", "a");

        assertThat(run(shell(), "delete", "a").code()).isEqualTo(ExitCode.CONFLICT);
        assertThat(done(shell(), "list", "--deployment", "llm")).contains("a");
        done(shell(), "detach", "llm", "a");
        done(shell(), "delete", "a");
        assertThat(run(shell(), "show", "a").code()).isEqualTo(ExitCode.MISSING);
    }

    @Test
    void imports_ofEveryFormat_areStored() throws Exception {
        Files.writeString(directory.resolve("a.env"), "FROM_DOTENV=" + SENTINEL + "\n");
        Files.setPosixFilePermissions(
                directory.resolve("a.env"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                directory.resolve("a.json"),
                "{\"from_json\":\"" + SENTINEL + "\",\"with_keys\":{\"user\":\"test\",\"pass\":\"" + SENTINEL + "\"}}");
        Files.writeString(directory.resolve("a.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: from-kubernetes
                data:
                  token: c2VudGluZWwtdmFsdWUtN2YzYQ==
                stringData:
                  plain: test
                """);
        Files.createDirectories(directory.resolve("mount"));
        Files.writeString(directory.resolve("mount/from_directory"), SENTINEL + "\n");

        for (String source : List.of("a.env", "a.json", "a.yaml", "mount")) {
            done(shell(), "import", directory.resolve(source).toString());
        }

        assertThat(value("FROM_DOTENV")).isEqualTo(SENTINEL + "\n");
        assertThat(value("from_json")).isEqualTo(SENTINEL + "\n");
        assertThat(value("with_keys", "pass")).isEqualTo(SENTINEL + "\n");
        assertThat(value("from-kubernetes", "token")).isEqualTo(SENTINEL + "\n");
        assertThat(value("from_directory")).isEqualTo(SENTINEL + "\n");
        Result again = run(shell(), "import", directory.resolve("a.json").toString());
        assertThat(again.code()).isEqualTo(ExitCode.CONFLICT);
        done(shell(), "import", directory.resolve("a.json").toString(), "--replace");
        done(shell(), "import", directory.resolve("mount").toString(), "--as", "joined");
        assertThat(value("joined", "from_directory")).isEqualTo(SENTINEL + "\n");
    }

    @Test
    void export_writesWhatImportReads() throws Exception {
        done(shell().input("test-token-1"), "set", "ONE");
        done(shell().input("test-token-2"), "set", "TWO");

        for (String format : List.of("dotenv", "json", "directory")) {
            Path target = directory.resolve("export-" + format);
            done(shell(), "export", "--reveal", "--format", format, "--to", target.toString());
            done(shell(), "import", target.toString(), "--from", format, "--replace");
        }

        assertThat(value("ONE")).isEqualTo("test-token-1\n");
        assertThat(value("TWO")).isEqualTo("test-token-2\n");
        assertThat(run(shell(), "export", "ONE", "--reveal", "--to", "-").out()).isEqualTo("ONE=test-token-1\n");
    }

    @Test
    void passwd_addsAPasswordAndRemovesTheKeyFile() throws Exception {
        Path password = directory.resolve("password");
        Files.writeString(password, "test-password-of-24-chars\n");
        Files.setPosixFilePermissions(password, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        done(shell().input(SENTINEL), "set", "a");

        assertThat(done(shell(), "passwd", "--new-password-file", password.toString()))
                .contains("password", "key-file");
        assertThat(done(shell(), "passwd", "--remove", "key-file")).contains("opened by password");
        Files.delete(store.resolveSibling("store.key"));

        assertThat(done(shell(), "list", "--password-file", password.toString()))
                .contains("a ");
        assertThat(done(shell().terminal("test-password-of-24-chars"), "show", "a"))
                .contains("a");
        Shell withVariable = shell().variable("MODEL_SECRETS_PASSWORD", "test-password-of-24-chars");
        assertThat(done(withVariable, "check", "--names", "a", "--chain", "none"))
                .contains("1 of 1");
    }

    @Test
    void store_namedByVariableOrHome_isFound() {
        Shell byVariable = shell().variable("MODEL_SECRETS_STORE", store.toString());
        assertThat(byVariable.run("list").code()).isZero();

        Shell byHome = shell().variable("HOME", directory.toString());
        assertThat(byHome.run("init").code()).isZero();
        assertThat(byHome.input("test-token").run("set", "a").code()).isZero();
        assertThat(byHome.run("list").out()).contains("a ");
        assertThat(directory.resolve(".model-secrets/secrets.json")).exists();
    }
}
