package dev.modelsecrets.standard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.Printable;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountedSecretProviderTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private Lookup find(String name) {
        return MountedSecretProvider.at(directory).find(Set.of(name)).get(name);
    }

    private void assertFails(String name, String problem) {
        Lookup answer = find(name);

        assertThat(answer.isFailed()).isTrue();
        assertThat(answer.problem()).isEqualTo(directory + "/" + name + " " + problem);
    }

    @Test
    void find_file_isFoundThere() throws Exception {
        Files.writeString(directory.resolve("hf_access_token"), "hf_1");

        assertThat(find("hf_access_token").value()).isEqualTo("hf_1");
        assertThat(find("hf_access_token").location()).isEqualTo(directory + "/hf_access_token");
    }

    static Stream<Arguments> lineBreaks() {
        return Stream.of(
                arguments("no line break", "token", "token"),
                arguments("one final line feed", "token\n", "token"),
                arguments("one final carriage return and line feed", "token\r\n", "token"),
                arguments("a final carriage return alone", "token\r", "token\r"),
                arguments("a trailing blank line", "token\n\n", "token\n\n"),
                arguments("a trailing blank line of DOS", "token\r\n\r\n", "token\r\n\r\n"),
                arguments("two lines", "first\nsecond\n", "first\nsecond\n"),
                arguments("two lines of DOS", "first\r\nsecond\r\n", "first\r\nsecond\r\n"),
                arguments("two lines without a final line break", "first\nsecond", "first\nsecond"),
                arguments("a line break in front", "\ntoken", "\ntoken"),
                arguments("a line break in front and behind", "\ntoken\n", "\ntoken\n"),
                arguments("spaces around", "  token  \n", "  token  "),
                arguments("tabs around", "\ttoken\t\n", "\ttoken\t"),
                arguments("a carriage return before the line break's own", "token\r\r\n", "token\r"),
                arguments(
                        "a certificate",
                        "-----BEGIN-----\nMIIB\n-----END-----\n",
                        "-----BEGIN-----\nMIIB\n-----END-----\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lineBreaks")
    void find_lineBreaks_onlyTheOneOfASingleLineIsTakenOff(String description, String content, String value)
            throws Exception {
        Files.writeString(directory.resolve("token"), content);

        assertThat(find("token").value()).isEqualTo(value);
    }

    @ParameterizedTest(name = "blank {index}")
    @ValueSource(strings = {"", " ", "\n", "\r\n", "\n\n", " \t\r\n"})
    void find_blankFile_isAbsent(String content) throws Exception {
        Files.writeString(directory.resolve("token"), content);

        assertThat(find("token").reason()).isEqualTo(directory + "/token is blank");
    }

    static Stream<Arguments> textsThatStay() {
        return Stream.of(
                arguments("other scripts", "пароль 密码 🔑"),
                arguments("a byte order mark in the middle", "to\uFEFFken"),
                arguments("a NUL in the middle", "to\0ken"),
                arguments("a NUL at the end", "token\0"),
                arguments("a real replacement character", "to\uFFFDken"),
                arguments("only a replacement character", "\uFFFD"),
                arguments("control characters", "\u0001\u001b[31m\u007f"),
                arguments("a line separator", "to\u2028ken"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("textsThatStay")
    void find_unusualText_isByteForByte(String description, String text) throws Exception {
        Files.writeString(directory.resolve("token"), text);

        assertThat(find("token").value().getBytes(UTF_8)).isEqualTo(text.getBytes(UTF_8));
    }

    static Stream<Arguments> notUtf8() {
        return Stream.of(
                arguments("Latin 1", "p\u00e4ss"),
                arguments("a lone continuation byte", "a\u0080b"),
                arguments("a truncated character at the end", "token\u00e2\u0082"),
                arguments("a truncated character before another", "\u00f0\u009f\u0094 token"),
                arguments("an overlong slash", "\u00c0\u00af"),
                arguments("a surrogate", "\u00ed\u00a0\u0080"),
                arguments("beyond Unicode", "\u00f4\u0090\u0080\u0080"),
                arguments("a keystore", "\u00fe\u00ed\u00fe\u00ed\0\0"),
                arguments("bad bytes beside a real replacement character", "\u00ef\u00bf\u00bd\u00ff"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notUtf8")
    void find_notUtf8_fails(String description, String bytes) throws Exception {
        Files.write(directory.resolve("token"), bytes.getBytes(ISO_8859_1));

        assertFails("token", "is not valid UTF-8; store binary data as base64");
    }

    static Stream<Arguments> utf16() {
        return Stream.of(
                arguments("little endian with a mark", "\u00ff\u00fet\0o\0"),
                arguments("big endian with a mark", "\u00fe\u00ff\0t\0o"),
                arguments("little endian", "t\0o\0k\0e\0n\0"),
                arguments("big endian", "\0t\0o\0k\0e\0n"),
                arguments("another script with a mark", "\u00ff\u00fe?\u00040\u0004"),
                arguments("a mark and an odd number of bytes", "\u00ff\u00fet\0o"),
                arguments("an odd number of bytes", "t\0o\0k\0e\0n\0\n"),
                arguments("a dash among Latin letters", "t\0o\0\u0013 k\0"),
                arguments("a euro sign among Latin letters", "\0t\0o \u00ac\0k"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("utf16")
    void find_utf16_isNamedAsSuch(String description, String bytes) throws Exception {
        Files.write(directory.resolve("token"), bytes.getBytes(ISO_8859_1));

        assertFails("token", "is UTF-16, not UTF-8: save the file as UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32LE", "UTF-32BE"})
    void find_utf32_isNamedAsSuch(String charset) throws Exception {
        for (String text : List.of("token", "\uFEFFtoken", "pässwörd€", "\uFEFF")) {
            Files.write(directory.resolve("token"), text.getBytes(charset));

            assertFails("token", "is UTF-32, not UTF-8: save the file as UTF-8");
        }
    }

    @Test
    void find_byteOrderMark_fails() throws Exception {
        Files.writeString(directory.resolve("token"), "\uFEFFtoken");
        Files.writeString(directory.resolve("alone"), "\uFEFF");

        assertFails("token", "has a byte order mark: save the file as UTF-8 without one");
        assertFails("alone", "has a byte order mark: save the file as UTF-8 without one");
    }

    @Test
    void find_interruptedThread_saysSo() throws Exception {
        Files.writeString(directory.resolve("token"), "value");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> find("token"))
                    .isExactlyInstanceOf(SecretProviderException.class)
                    .hasMessage("mounted: " + directory + " was not read: the thread was interrupted. Resolve again");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void find_manyMissingNamesAmongManyFiles_listsTheDirectoryOnce() throws Exception {
        Set<String> names = createFiles(3_000);
        Set<String> missing = new LinkedHashSet<>();
        for (String name : names) {
            missing.add(name.replace('_', '-'));
        }
        AtomicInteger listings = new AtomicInteger();
        Path hooked = HookedFileSystem.hook(directory, (access, file) -> {
            if (access == HookedFileSystem.Access.LIST) {
                listings.incrementAndGet();
            }
        });

        Map<String, Lookup> answers = MountedSecretProvider.at(hooked).find(missing);

        for (String name : missing) {
            assertThat(answers.get(name).reason())
                    .endsWith("/" + name + " does not exist (" + name.replace('-', '_')
                            + " is there: names must match exactly)");
        }
        assertThat(listings).hasValue(1);
    }

    @Test
    void find_oneBadFileAmongOthers_failsForThatOne() throws Exception {
        Files.writeString(directory.resolve("good"), "value");
        Files.createDirectory(directory.resolve("bad"));

        Map<String, Lookup> answers = MountedSecretProvider.at(directory).find(Set.of("good", "bad", "none"));

        assertThat(answers.get("good").value()).isEqualTo("value");
        assertThat(answers.get("bad").isFailed()).isTrue();
        assertThat(answers.get("none").isAbsent()).isTrue();
    }

    @Test
    void find_oneMebibyte_isFound() throws Exception {
        Files.writeString(directory.resolve("large"), "x".repeat(MEBIBYTE));
        Files.writeString(directory.resolve("large_line"), "x".repeat(MEBIBYTE - 1) + "\n");

        assertThat(find("large").value().length()).isEqualTo(MEBIBYTE);
        assertThat(find("large_line").value().length()).isEqualTo(MEBIBYTE - 1);
    }

    @Test
    void find_oneByteMore_fails() throws Exception {
        Files.writeString(directory.resolve("large"), "x".repeat(MEBIBYTE + 1));
        Files.writeString(directory.resolve("large_line"), "x".repeat(MEBIBYTE) + "\n");

        assertFails("large", "is larger than 1 MiB");
        assertFails("large_line", "is larger than 1 MiB");
    }

    @Test
    void find_directory_fails() throws Exception {
        Files.createDirectory(directory.resolve("token"));

        assertFails("token", "is a directory, not a file");
    }

    @Test
    void find_fifo_failsWithoutWaitingForAWriter() throws Exception {
        SpecialFiles.createFifo(directory.resolve("token"));

        assertFails("token", "is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void find_linkToFifo_failsWithoutWaitingForAWriter() throws Exception {
        SpecialFiles.createFifo(directory.resolve("fifo"));
        Files.createSymbolicLink(directory.resolve("token"), Path.of("fifo"));

        assertFails("token", "is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void find_socket_fails() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("token")));

            assertFails("token", "is not a regular file but a FIFO, a socket, a device or a link");
        }
    }

    @Test
    void find_linkToDevice_fails() throws Exception {
        Files.createSymbolicLink(directory.resolve("token"), Path.of("/dev/zero"));

        assertFails("token", "is a link that leads out of the directory, to /dev/zero");
    }

    @Test
    void find_deviceInTheDirectory_fails() {
        MountedSecretProvider devices = MountedSecretProvider.at(Path.of("/dev"));

        assertThat(devices.find(Set.of("zero")).get("zero").problem())
                .isEqualTo("/dev/zero is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void find_unreadableFile_fails() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "permissions do not bind root");
        Files.writeString(directory.resolve("token"), "hunter2");
        Files.setPosixFilePermissions(directory.resolve("token"), PosixFilePermissions.fromString("---------"));

        assertFails("token", "cannot be read: permission denied for user " + System.getProperty("user.name"));
    }

    @Test
    void find_groupReadableFile_isFound() throws Exception {
        Files.writeString(directory.resolve("token"), "value");
        Files.setPosixFilePermissions(directory.resolve("token"), PosixFilePermissions.fromString("r--r-----"));

        assertThat(find("token").value()).isEqualTo("value");
    }

    @Test
    void find_missingDirectory_isAbsent() {
        Path missing = directory.resolve("secrets");

        Map<String, Lookup> answers = MountedSecretProvider.at(missing).find(Set.of("a", "b"));

        assertThat(answers).containsOnlyKeys("a", "b");
        assertThat(answers.get("a").reason()).isEqualTo(missing + " does not exist");
        assertThat(answers.get("b").reason()).isEqualTo(missing + " does not exist");
    }

    @Test
    void find_directoryIsAFile_fails() throws Exception {
        Path file = Files.writeString(directory.resolve("secrets"), "hunter2");

        assertThatThrownBy(() -> MountedSecretProvider.at(file).find(Set.of("a")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("mounted: " + file + " is not a directory");
    }

    @Test
    void find_directoryIsAFifo_failsWithoutWaitingForAWriter() throws Exception {
        Path fifo = directory.resolve("secrets");
        SpecialFiles.createFifo(fifo);

        assertThatThrownBy(() -> MountedSecretProvider.at(fifo).find(Set.of("a")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("mounted: " + fifo + " is not a directory");
    }

    @Test
    void find_directoryBelowAFile_fails() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "hunter2");
        Path below = file.resolve("secrets");

        assertThatThrownBy(() -> MountedSecretProvider.at(below).find(Set.of("a")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("mounted: " + below + " cannot be read: Not a directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tls.key", "hf-token", ".dockerconfigjson", "..hidden", "...", "-", "--", "_", "a.b-c_D9", "0"})
    void find_everyKindOfName_isFound(String name) throws Exception {
        Files.writeString(directory.resolve(name), "value");

        assertThat(find(name).value()).isEqualTo("value");
    }

    @Test
    void find_longestName_isFound() throws Exception {
        String name = "n".repeat(253);
        Files.writeString(directory.resolve(name), "value");

        assertThat(find(name).value()).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../outside", "a/b", "/etc/passwd", "a\0", "a b"})
    void find_invalidName_isRefusedBeforeAnyFileIsLookedAt(String name) throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(directory.resolve("outside"), "hunter2");

        assertThatThrownBy(() -> MountedSecretProvider.at(secrets).find(Set.of(name)))
                .isExactlyInstanceOf(InvalidSecretNameException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    other                 | ''
                    HF_TOKEN              | (HF_TOKEN is there: names must match exactly)
                    hf-token              | (hf-token is there: names must match exactly)
                    hf.token              | (hf.token is there: names must match exactly)
                    hf_token.txt          | (hf_token.txt is there: the file name must be the secret's name, without an extension)
                    TRUSS_SECRET_hf_token | (TRUSS_SECRET_hf_token is there: the prefix is for variables only)
                    hf_token2             | ''
                    """)
    void find_otherFile_isPointedOutIfNear(String file, String remark) throws Exception {
        Files.writeString(directory.resolve(file), "hunter2");

        assertThat(find("hf_token").reason())
                .isEqualTo(directory + "/hf_token does not exist" + (remark.isEmpty() ? "" : " " + remark));
    }

    @Test
    void find_calledAgain_readsTheFileAgain() throws Exception {
        MountedSecretProvider provider = MountedSecretProvider.at(directory);
        Files.writeString(directory.resolve("token"), "first");
        Lookup first = provider.find(Set.of("token")).get("token");
        Files.writeString(directory.resolve("token"), "second");
        Lookup second = provider.find(Set.of("token")).get("token");
        Files.delete(directory.resolve("token"));
        Lookup third = provider.find(Set.of("token")).get("token");

        assertThat(first.value()).isEqualTo("first");
        assertThat(second.value()).isEqualTo("second");
        assertThat(third.isFound()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 300})
    void find_manyFiles_eachHasItsOwnValue(int count) throws Exception {
        Set<String> names = createFiles(count);

        Map<String, Lookup> answers = MountedSecretProvider.at(directory).find(names);

        assertThat(answers).hasSameSizeAs(names);
        for (String name : names) {
            assertThat(answers.get(name).value()).isEqualTo("value of " + name);
            assertThat(answers.get(name).location()).isEqualTo(directory + "/" + name);
        }
    }

    @Test
    void find_tenThousandFiles_eachHasItsOwnValueUntilOneIsBad() throws Exception {
        assertFoundUntilOneIsBad(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 300})
    void find_manyFilesWithOneBad_failsForThatOne(int count) throws Exception {
        assertFoundUntilOneIsBad(count);
    }

    private void assertFoundUntilOneIsBad(int count) throws Exception {
        Set<String> names = createFiles(count);
        Map<String, Lookup> answers = MountedSecretProvider.at(directory).find(names);
        assertThat(answers).hasSize(count);
        for (String name : names) {
            assertThat(answers.get(name).value()).isEqualTo("value of " + name);
        }

        String bad = "secret_" + count * 2 / 3;
        Files.write(directory.resolve(bad), new byte[] {'a', (byte) 0xff});

        answers = MountedSecretProvider.at(directory).find(names);
        assertThat(answers.get(bad).problem())
                .isEqualTo(directory + "/" + bad + " is not valid UTF-8; store binary data as base64");
        assertThat(answers.values()).filteredOn(Lookup::isFound).hasSize(count - 1);
    }

    @Test
    void find_manyFilesWithOneMissingAndOneBlank_theOthersAreFound() throws Exception {
        Set<String> names = createFiles(300);
        Files.delete(directory.resolve("secret_7"));
        Files.writeString(directory.resolve("secret_8"), "\n");

        Map<String, Lookup> answers = MountedSecretProvider.at(directory).find(names);

        assertThat(answers.values().stream().filter(Lookup::isFound)).hasSize(298);
        assertThat(answers.get("secret_7").reason()).isEqualTo(directory + "/secret_7 does not exist");
        assertThat(answers.get("secret_8").reason()).isEqualTo(directory + "/secret_8 is blank");
    }

    private Set<String> createFiles(int count) throws Exception {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            String name = "secret_" + i;
            Files.writeString(directory.resolve(name), "value of " + name + "\n");
            names.add(name);
        }
        return names;
    }

    @Test
    void remedy_name_isTheFile() {
        assertThat(MountedSecretProvider.at(directory).remedy("tls.key"))
                .hasValue("write it to the file " + Printable.shellWord(directory.resolve("tls.key")));
    }

    @Test
    void remedy_pathWithSpaces_isOneWordOfAShell() {
        assertThat(MountedSecretProvider.at(directory.resolve("my secrets")).remedy("it's"))
                .hasValue("write it to the file '" + directory + "/my secrets/it'\\''s'");
    }

    @Test
    void toString_anyDirectory_showsThePath() {
        assertThat(MountedSecretProvider.create()).hasToString("MountedSecretProvider[/secrets]");
        assertThat(MountedSecretProvider.at(directory)).hasToString("MountedSecretProvider[" + directory + "]");
        assertThat(MountedSecretProvider.at(Path.of("secrets")))
                .hasToString("MountedSecretProvider[" + Path.of("secrets").toAbsolutePath() + "]");
        assertThat(MountedSecretProvider.create().name()).isEqualTo("mounted");
    }
}
