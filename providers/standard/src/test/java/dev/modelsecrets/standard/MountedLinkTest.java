package dev.modelsecrets.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links in a mounted directory: those that are followed, and those that lead astray. */
class MountedLinkTest {

    @TempDir
    Path temporary;

    private Path mount;

    /** The mount as the file system knows it, also where the temporary directory is itself a link. */
    private Path real;

    @BeforeEach
    void createMount() throws IOException {
        mount = Files.createDirectory(temporary.resolve("secrets"));
        real = mount.toRealPath();
        Files.writeString(temporary.resolve("outside"), "hunter2");
    }

    private void link(String link, String target) throws IOException {
        Files.createSymbolicLink(mount.resolve(link), Path.of(target));
    }

    private Lookup find(String name) {
        return MountedSecretProvider.at(mount).find(Set.of(name)).get(name);
    }

    private void assertFails(String name, String problem) {
        assertThat(find(name).problem()).isEqualTo(mount + "/" + name + " " + problem);
    }

    @Test
    void find_linkInside_isFollowed() throws Exception {
        Files.createDirectories(mount.resolve("deep/er"));
        Files.writeString(mount.resolve("deep/er/file"), "value\n");
        link("relative", "deep/er/file");
        link("dotted", "./deep/../deep/er/file");
        link("absolute", mount.resolve("deep/er/file").toString());

        assertThat(find("relative").value()).isEqualTo("value");
        assertThat(find("relative").location()).isEqualTo(mount + "/relative");
        assertThat(find("dotted").value()).isEqualTo("value");
        assertThat(find("absolute").value()).isEqualTo("value");
    }

    @Test
    void find_chainOfLinks_isFollowed() throws Exception {
        Files.writeString(mount.resolve("file"), "value");
        link("third", "file");
        link("second", mount.resolve("third").toString());
        link("first", "second");

        assertThat(find("first").value()).isEqualTo("value");
    }

    @Test
    void find_linkOutAndBackIn_isFollowed() throws Exception {
        Files.writeString(mount.resolve("file"), "value");
        link("token", "../secrets/file");

        assertThat(find("token").value()).isEqualTo("value");
    }

    @Test
    void find_kubernetesLayout_isFound() throws Exception {
        new KubernetesMount(mount).publish(Map.of("user", "alice", "tls.key", "-----BEGIN-----\nMIIB\n"));

        assertThat(find("user").value()).isEqualTo("alice");
        assertThat(find("user").location()).isEqualTo(mount + "/user");
        assertThat(find("tls.key").value()).isEqualTo("-----BEGIN-----\nMIIB\n");
        assertThat(find("password").reason()).isEqualTo(mount + "/password does not exist");
    }

    @Test
    void find_kubernetesLayoutAfterRotation_isTheNewGeneration() throws Exception {
        KubernetesMount kubelet = new KubernetesMount(mount);
        kubelet.publish(Map.of("user", "alice"));
        MountedSecretProvider provider = MountedSecretProvider.at(mount);
        Lookup before = provider.find(Set.of("user")).get("user");
        kubelet.publish(Map.of("user", "bob"));
        Lookup after = provider.find(Set.of("user")).get("user");

        assertThat(before.value()).isEqualTo("alice");
        assertThat(after.value()).isEqualTo("bob");
    }

    @Test
    void find_kubernetesLayoutWithPathsOfItsOwn_isFound() throws Exception {
        Files.createDirectories(mount.resolve("..generation/nested"));
        Files.writeString(mount.resolve("..generation/nested/user"), "alice");
        Files.writeString(mount.resolve("..generation/file"), "bob");
        link("..data", "..generation");
        link("nested", "..data/nested/user");
        link("renamed", "..data/file");
        link("long-way", "second");
        link("second", "..data/file");
        Files.createSymbolicLink(mount.resolve("..generation/again"), Path.of("file"));
        link("again", "..data/again");

        assertThat(find("nested").value()).isEqualTo("alice");
        assertThat(find("renamed").value()).isEqualTo("bob");
        assertThat(find("long-way").value()).isEqualTo("bob");
        assertThat(find("again").value()).isEqualTo("bob");
    }

    @Test
    void find_plainFileBesideData_isFound() throws Exception {
        new KubernetesMount(mount).publish(Map.of("user", "alice"));
        Files.writeString(mount.resolve("plain"), "value\n");

        Map<String, Lookup> answers = MountedSecretProvider.at(mount).find(Set.of("plain", "user"));

        assertThat(answers.get("plain").value()).isEqualTo("value");
        assertThat(answers.get("user").value()).isEqualTo("alice");
    }

    @Test
    void find_bookkeepingOfTheKubelet_isADirectory() throws Exception {
        new KubernetesMount(mount).publish(Map.of("user", "alice"));
        String generation = Files.readSymbolicLink(mount.resolve("..data")).toString();

        assertFails("..data", "is a directory, not a file");
        assertFails(generation, "is a directory, not a file");
    }

    @Test
    void find_badFilesInAGeneration_fail() throws Exception {
        Files.createDirectories(mount.resolve("..generation/directory"));
        SpecialFiles.createFifo(mount.resolve("..generation/fifo"));
        Files.write(mount.resolve("..generation/binary"), new byte[] {(byte) 0xff});
        link("..data", "..generation");
        link("directory", "..data/directory");
        link("fifo", "..data/fifo");
        link("binary", "..data/binary");

        assertFails("directory", "is a directory, not a file");
        assertFails("fifo", "is not a regular file but a FIFO, a socket, a device or a link");
        assertFails("binary", "is not valid UTF-8; store binary data as base64");
    }

    @Test
    void find_mountIsItselfALink_isFollowed() throws Exception {
        new KubernetesMount(mount).publish(Map.of("user", "alice"));
        Files.writeString(mount.resolve("plain"), "value");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), mount);

        Map<String, Lookup> answers = MountedSecretProvider.at(link).find(Set.of("plain", "user"));

        assertThat(answers.get("plain").value()).isEqualTo("value");
        assertThat(answers.get("plain").location()).isEqualTo(link + "/plain");
        assertThat(answers.get("user").value()).isEqualTo("alice");
    }

    @Test
    void find_mountIsADanglingLink_isAbsent() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("nowhere"));

        assertThat(MountedSecretProvider.at(link).find(Set.of("a")).get("a").reason())
                .isEqualTo(link + " does not exist");
    }

    @Test
    void find_mountIsALoop_fails() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("link"));

        assertThatThrownBy(() -> MountedSecretProvider.at(link).find(Set.of("a")))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("mounted: " + link + " is a link that leads in a circle");
    }

    @Test
    void find_danglingLink_isAbsent() throws Exception {
        link("token", "nowhere");
        link("below-nothing", "nowhere/token");

        assertThat(find("token").reason()).isEqualTo(mount + "/token is a link to a file that does not exist");
        assertThat(find("below-nothing").reason())
                .isEqualTo(mount + "/below-nothing is a link to a file that does not exist");
    }

    @Test
    void find_linkOutToNothing_failsLikeALinkOutToSomething() throws Exception {
        link("nothing", "../nowhere");
        link("something", "../outside");
        link("below-a-file", "../outside/token");

        String out = "is a link that leads out of the directory, to ";
        assertFails("nothing", out + real.resolveSibling("nowhere"));
        assertFails("something", out + real.resolveSibling("outside"));
        assertFails("below-a-file", out + real.resolveSibling("outside/token"));
    }

    @Test
    void find_aliasOfTheDirectoryInALink_isFollowed() throws Exception {
        Path alias = Files.createSymbolicLink(temporary.resolve("alias"), mount);
        Files.writeString(mount.resolve("file"), "value");
        link("token", alias.resolve("file").toString());

        assertThat(find("token").value()).isEqualTo("value");
    }

    @Test
    void find_backslashesOfWindows_areFollowedInside() throws Exception {
        Files.createDirectories(mount.resolve("deep/er"));
        Files.writeString(mount.resolve("deep/er/file"), "value");
        link("token", "deep\\er\\file");
        link("dotted", "deep\\..\\deep\\er\\file");
        link("out", "..\\outside");

        assertThat(find("token").value()).isEqualTo("value");
        assertThat(find("dotted").value()).isEqualTo("value");
        assertFails("out", "is a link that leads out of the directory, to " + real.resolveSibling("outside"));
    }

    @Test
    void find_fileWithABackslashInItsName_isFollowed() throws Exception {
        Files.writeString(mount.resolve("odd\\name"), "value");
        link("token", "odd\\name");

        assertThat(find("token").value()).isEqualTo("value");
    }

    @Test
    void find_layoutOfDockerOnWindows_isFollowedToItsStoreOnly() throws Exception {
        Path store = Files.createDirectories(temporary.resolve("internal/secrets"));
        Files.writeString(store.resolve("p4ab3"), "value");
        Files.createDirectory(store.resolve("directory"));
        Files.createSymbolicLink(store.resolve("link"), temporary.resolve("outside"));
        Files.writeString(temporary.resolve("internal/other"), "hunter2");
        link("api_key", "..\\internal\\secrets\\p4ab3");
        link("other", "..\\internal\\other");
        link("directory", "..\\internal\\secrets\\directory");
        link("link", "..\\internal\\secrets\\link");

        assertThat(find("api_key").value()).isEqualTo("value");
        assertFails("other", "is a link that leads out of the directory, to " + real.resolveSibling("internal/other"));
        assertFails("directory", "is a directory, not a file");
        assertFails("link", "is not a regular file but a FIFO, a socket, a device or a link");
    }

    @Test
    void find_namesThatForgeLines_areEscaped() throws Exception {
        link("token", "../x\n  other    found\u001b[31m");

        assertThat(find("token").problem())
                .doesNotContain("\n")
                .doesNotContain("\u001b")
                .endsWith("/x\\n  other    found\\u001b[31m");
    }

    @Test
    void find_subPathOfAVolume_isFoundAndFollowsARotation() throws Exception {
        Path volume = Files.createDirectory(temporary.resolve("volume"));
        Files.createDirectories(volume.resolve("..one/secrets"));
        Files.writeString(volume.resolve("..one/secrets/user"), "alice");
        Files.createSymbolicLink(volume.resolve("..data"), Path.of("..one"));
        Files.createSymbolicLink(volume.resolve("secrets"), Path.of("..data/secrets"));
        MountedSecretProvider provider = MountedSecretProvider.at(volume.resolve("secrets"));

        assertThat(provider.find(Set.of("user")).get("user").value()).isEqualTo("alice");
        assertThat(provider.find(Set.of("none")).get("none").reason())
                .isEqualTo(volume + "/secrets/none does not exist");
        assertThat(provider.version()).isEmpty();
    }

    @Test
    void find_danglingLinkOfAKubelet_isAbsent() throws Exception {
        new KubernetesMount(mount).publish(Map.of("user", "alice"));
        link("password", "..data/password");

        assertThat(find("password").reason()).isEqualTo(mount + "/password is a link to a file that does not exist");
    }

    @Test
    void find_danglingData_isAbsent() throws Exception {
        link("..data", "..gone");
        link("user", "..data/user");

        assertThat(find("user").reason()).isEqualTo(mount + "/user is a link to a file that does not exist");
    }

    @Test
    void find_loops_fail() throws Exception {
        link("self", "self");
        link("ping", "pong");
        link("pong", "ping");
        link("below", "below/file");

        assertFails("self", "is a link that leads in a circle");
        assertFails("ping", "is a link that leads in a circle");
        assertFails("below", "is a link that leads in a circle");
    }

    @Test
    void find_dataIsALoop_fails() throws Exception {
        link("..data", "..data");
        link("user", "..data/user");

        assertFails("user", "is a link that leads in a circle");
    }

    @Test
    void find_linkOut_fails() throws Exception {
        String outside = "is a link that leads out of the directory, to " + real.resolveSibling("outside");
        link("relative", "../outside");
        link("absolute", temporary.resolve("outside").toString());
        link("dotted", "./../secrets/../outside");
        link("chain", "relative");

        assertFails("relative", outside);
        assertFails("absolute", outside);
        assertFails("dotted", outside);
        assertFails("chain", outside);
    }

    @Test
    void find_linkThroughDirectoryLinkOut_fails() throws Exception {
        link("elsewhere", "..");
        link("token", "elsewhere/outside");

        assertFails("token", "is a link that leads out of the directory, to " + real.resolveSibling("outside"));
    }

    @Test
    void find_dataLeadsOut_fails() throws Exception {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("user"), "hunter2");
        link("..data", "../elsewhere");
        link("user", "..data/user");

        assertFails("user", "is a link that leads out of the directory, to " + real.resolveSibling("elsewhere/user"));
    }

    @Test
    void find_linkThroughDataAndOut_fails() throws Exception {
        new KubernetesMount(mount).publish(Map.of("user", "alice"));
        link("token", "..data/../../outside");

        assertFails("token", "is a link that leads out of the directory, to " + real.resolveSibling("outside"));
    }

    @Test
    void find_linkInAGenerationThatLeadsOut_fails() throws Exception {
        Files.createDirectory(mount.resolve("..generation"));
        Files.createSymbolicLink(mount.resolve("..generation/user"), Path.of("../../outside"));
        link("..data", "..generation");
        link("user", "..data/user");

        assertFails("user", "is a link that leads out of the directory, to " + real.resolveSibling("outside"));
    }

    @Test
    void find_linkToADirectoryWithTheSamePrefix_fails() throws Exception {
        Path evil = Files.createDirectory(temporary.resolve("secrets-evil"));
        Files.writeString(evil.resolve("token"), "hunter2");
        link("token", "../secrets-evil/token");

        assertFails(
                "token", "is a link that leads out of the directory, to " + real.resolveSibling("secrets-evil/token"));
    }

    @Test
    void find_linkToADirectory_fails() throws Exception {
        Files.createDirectory(mount.resolve("directory"));
        link("token", "directory");
        link("dot", ".");

        assertFails("token", "is a directory, not a file");
        assertFails("dot", "is a directory, not a file");
    }

    @Test
    void find_hardLinkToAFileOutside_isAFileLikeAnyOther() throws Exception {
        Files.createLink(mount.resolve("token"), temporary.resolve("outside"));

        assertThat(find("token").value()).isEqualTo("hunter2");
    }
}
