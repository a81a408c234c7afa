package dev.modelsecrets.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalProvidersTest {

    @TempDir
    private Path directory;

    private static Lookup answer(SecretProvider provider, String name) {
        return provider.find(Set.of(name)).get(name);
    }

    @Test
    void variables_mapped_onlyThose() {
        SecretProvider provider = LocalProviders.variables(
                Map.of("HF_TOKEN", "test-token", "other", "x"), Map.of("hf_access_token", "HF_TOKEN", "a", "A"));

        assertThat(answer(provider, "hf_access_token")).hasToString("found: HF_TOKEN");
        assertThat(answer(provider, "a")).hasToString("absent: A is not set");
        assertThat(answer(provider, "other")).hasToString("absent: no variable is mapped to other");
    }

    @Test
    void variableFiles_named_readWithoutTheFinalLineBreak() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "test-password\n");
        SecretProvider provider = LocalProviders.variableFiles(Map.of(
                "POSTGRES_PASSWORD_FILE",
                file.toString(),
                "GONE_FILE",
                directory + "/gone",
                "DIR_FILE",
                "" + directory));

        assertThat(answer(provider, "POSTGRES_PASSWORD").value()).isEqualTo("test-password");
        assertThat(answer(provider, "POSTGRES_PASSWORD")).hasToString("found: " + file + " (POSTGRES_PASSWORD_FILE)");
        assertThat(answer(provider, "GONE")).hasToString("failed: " + directory + "/gone (GONE_FILE) does not exist");
        assertThat(answer(provider, "DIR"))
                .hasToString("failed: " + directory + " (DIR_FILE) is a directory, not a file");
        assertThat(answer(provider, "OTHER")).hasToString("absent: OTHER_FILE is not set");
        assertThat(answer(SecretProvider.renaming(provider, Map.of("db_password", "POSTGRES_PASSWORD")), "db_password")
                        .isFound())
                .isTrue();
    }

    @Test
    void systemdCredentials_directory_read() throws IOException {
        Files.writeString(directory.resolve("token"), "test-token");

        SecretProvider provider =
                LocalProviders.systemdCredentials(Map.of("CREDENTIALS_DIRECTORY", directory.toString()));

        assertThat(provider.name()).isEqualTo("systemd credentials");
        assertThat(answer(provider, "token").value()).isEqualTo("test-token");
        assertThat(answer(LocalProviders.systemdCredentials(Map.of()), "token"))
                .hasToString("absent: CREDENTIALS_DIRECTORY is not set");
    }

    @Test
    void paths_thatAreNone_fail() {
        Lookup credentials = answer(LocalProviders.systemdCredentials(Map.of("CREDENTIALS_DIRECTORY", "/run/\0")), "a");
        Lookup file = answer(LocalProviders.variableFiles(Map.of("a_FILE", "/run/\0")), "a");

        assertThat(credentials).hasToString("failed: CREDENTIALS_DIRECTORY is not a path");
        assertThat(file).hasToString("failed: a_FILE is not a path");
    }

    @Test
    void variables_withAByteOrderMark_fail() {
        Map<String, String> environment = Map.of("HF_TOKEN", "\uFEFFtest-token");
        String problem = "failed: HF_TOKEN has a byte order mark: set it without one";

        assertThat(answer(LocalProviders.variables(environment, Map.of("token", "HF_TOKEN")), "token"))
                .hasToString(problem);
        assertThat(answer(HuggingFaceSecretProvider.of(environment, directory, "token"), "token"))
                .hasToString(problem);
    }

    @Test
    void files_inAnotherEncoding_fail() throws IOException {
        Path marked = Files.writeString(directory.resolve("marked"), "\uFEFFtest-token");
        Path wide = Files.write(directory.resolve("wide"), "test-token".getBytes(StandardCharsets.UTF_16LE));
        SecretProvider files =
                LocalProviders.variableFiles(Map.of("marked_FILE", marked.toString(), "wide_FILE", wide.toString()));

        assertThat(answer(files, "marked"))
                .hasToString("failed: " + marked
                        + " (marked_FILE) has a byte order mark: save the file as UTF-8 without one");
        assertThat(answer(files, "wide"))
                .hasToString("failed: " + wide + " (wide_FILE) is UTF-16, not UTF-8: save the file as UTF-8");
    }

    @Test
    void dotEnv_inAnotherEncoding_saysWhich() throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "\uFEFFA=test-token");
        assertThat(answer(DotEnvSecretProvider.at(file), "A").value()).isEqualTo("test-token");

        Files.write(file, "\uFEFFA=test-token".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> DotEnvSecretProvider.at(file).find(Set.of("A")))
                .hasMessage("dotenv: " + file + " is UTF-16, not UTF-8: save the file as UTF-8");
    }

    @Test
    void dockerSecrets_noDirectory_absent() {
        SecretProvider provider = LocalProviders.dockerSecrets(directory.resolve("run"));

        assertThat(provider.name()).isEqualTo("docker secrets");
        assertThat(answer(provider, "token").isAbsent()).isTrue();
    }

    @Test
    void dotEnv_answers_sayLineAndNearMiss() throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "\nHF_TOKEN=test-token\nEMPTY=\nBARE\n");
        SecretProvider provider = DotEnvSecretProvider.at(file);

        assertThat(answer(provider, "HF_TOKEN")).hasToString("found: " + file + " line 2");
        assertThat(answer(provider, "hf_token"))
                .hasToString("absent: " + file + " has no variable hf_token (it has HF_TOKEN: case matters)");
        assertThat(answer(provider, "EMPTY")).hasToString("absent: " + file + " line 3 is blank");
        assertThat(answer(provider, "BARE")).hasToString("absent: " + file + " line 4 names it without a value");
        assertThat(provider.remedy("x")).hasValue("add the line x=... to " + file);
    }

    @Test
    void dotEnv_malformedOrNoFile_failedOrAbsent() throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "A=1\nB='sentinel");

        assertThatThrownBy(() -> DotEnvSecretProvider.at(file).find(Set.of("A")))
                .isInstanceOf(SecretProviderException.class)
                .hasMessage("dotenv: " + file + ": line 2 opens a quote that nothing closes");
        assertThatThrownBy(() -> DotEnvSecretProvider.at(directory).find(Set.of("A")))
                .hasMessage("dotenv: " + directory + " is a directory, not a file");
        assertThat(answer(DotEnvSecretProvider.at(directory.resolve("none")), "A"))
                .hasToString("absent: " + directory.resolve("none") + " does not exist");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void dotEnv_othersCanRead_remark() throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "A=x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(OpenFile.remark(file))
                .hasValue(file + " can be read by other users of this machine: chmod 600 " + file);

        Path odd = Files.writeString(directory.resolve("a\nb c"), "A=x");
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rw-r-----"));
        String word = "$'" + directory + "/a\\nb c'";
        assertThat(OpenFile.remark(odd))
                .hasValue(word + " can be read by other users of this machine: chmod 600 " + word);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(OpenFile.remark(file)).isEmpty();
        assertThat(OpenFile.remark(directory.resolve("none"))).isEmpty();
    }

    @Test
    void dotEnv_expanding_onlyIfAsked() throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "A=x\nB=$A-${C}");

        assertThat(answer(DotEnvSecretProvider.at(file), "B").value()).isEqualTo("$A-${C}");
        assertThat(answer(DotEnvSecretProvider.at(file).expanding(Map.of("C", "y")), "B")
                        .value())
                .isEqualTo("x-y");
    }

    @Test
    void huggingFace_order_asOfItsLibrary() throws IOException {
        Path cache = Files.createDirectories(directory.resolve(".cache/huggingface"));
        Files.writeString(cache.resolve("token"), " test-of-cache \n");
        Path home = Files.createDirectories(directory.resolve("hf"));
        Files.writeString(home.resolve("token"), "test-of-home");
        Path path = Files.writeString(directory.resolve("t"), "test-of-path\n");

        assertThat(token(Map.of())).isEqualTo("test-of-cache");
        assertThat(token(Map.of("XDG_CACHE_HOME", directory.resolve(".cache").toString())))
                .isEqualTo("test-of-cache");
        assertThat(token(Map.of("HF_HOME", "~/hf"))).isEqualTo("test-of-home");
        assertThat(token(Map.of("HF_HOME", "~/hf", "HF_TOKEN_PATH", path.toString())))
                .isEqualTo("test-of-path");
        assertThat(token(Map.of("HF_HOME", "~/hf", "HUGGING_FACE_HUB_TOKEN", "test-old")))
                .isEqualTo("test-old");
        assertThat(token(Map.of("HUGGING_FACE_HUB_TOKEN", "test-old", "HF_TOKEN", "test-new")))
                .isEqualTo("test-new");
        assertThat(token(Map.of("HF_TOKEN", " \n"))).isEqualTo("test-of-cache");
    }

    private String token(Map<String, String> environment) {
        return answer(HuggingFaceSecretProvider.of(environment, directory, "hf_access_token"), "hf_access_token")
                .value();
    }

    @Test
    void huggingFace_noToken_absentAndOtherNamesNever() throws IOException {
        SecretProvider provider = HuggingFaceSecretProvider.of(Map.of(), directory, "hf_access_token");

        assertThat(answer(provider, "hf_access_token"))
                .hasToString("absent: HF_TOKEN and HUGGING_FACE_HUB_TOKEN are not set, and "
                        + directory.resolve(".cache/huggingface/token") + " does not exist");
        Files.createDirectories(directory.resolve(".cache/huggingface/token"));
        assertThat(answer(provider, "hf_access_token").isFailed()).isTrue();
        assertThat(answer(provider, "other")).hasToString("absent: the token is not given out as other");
        assertThat(provider.remedy("hf_access_token")).hasValue("hf auth login");
        assertThat(provider.remedy("other")).isEmpty();
    }

    @Test
    void dotEnv_volumeRotatesWhileItIsRead_isNeverAbsent() throws Exception {
        Path file = Files.createSymbolicLink(directory.resolve(".env"), Path.of("..data/.env"));
        Path data = directory.resolve("..data");
        AtomicBoolean rotating = new AtomicBoolean(true);
        Path old = generation(0);
        Files.createSymbolicLink(data, old.getFileName());
        SecretProvider provider = DotEnvSecretProvider.at(file);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<?> reading = reader.submit(() -> {
                while (rotating.get()) {
                    assertThat(answer(provider, "TOKEN").value()).startsWith("of-generation-");
                }
            });
            for (int i = 1; i <= 300; i++) {
                Path next = generation(i);
                Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next.getFileName());
                Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
                Files.delete(old.resolve(".env"));
                Files.delete(old);
                old = next;
            }
            rotating.set(false);
            reading.get();
        } finally {
            rotating.set(false);
            reader.shutdownNow();
        }
        assertThat(answer(provider, "TOKEN").value()).isEqualTo("of-generation-300");
    }

    private Path generation(int number) throws IOException {
        Path generation = Files.createDirectory(directory.resolve("..generation-" + number));
        Files.writeString(generation.resolve(".env"), "TOKEN=of-generation-" + number + "\n");
        return generation;
    }

    @Test
    void dotEnv_linkToNowhere_isAbsent() throws IOException {
        Path file = Files.createSymbolicLink(directory.resolve(".env"), Path.of("..data/.env"));

        assertThat(answer(DotEnvSecretProvider.at(file), "TOKEN")).hasToString("absent: " + file + " does not exist");
    }
}
