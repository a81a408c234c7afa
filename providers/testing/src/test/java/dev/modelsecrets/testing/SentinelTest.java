package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretsResolver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No type of the kit prints a value, whatever it prints and however it fails. */
class SentinelTest {

    private static final String SENTINEL = "sentinel-value-that-must-not-show";

    @TempDir
    Path directory;

    @Test
    void toString_ofEveryType_hasNoValue() {
        FixtureSecrets fixtures = FixtureSecrets.of(Map.of("a", SENTINEL));
        SecretProvider provider = fixtures.provider();
        try (RotatingSecrets rotating = fixtures.rotating();
                KubernetesVolume volume = KubernetesVolume.at(directory.resolve("volume"))) {
            rotating.rotate("b", SENTINEL);
            volume.publish(Map.of("a", SENTINEL));
            List<Object> printed = List.of(
                    fixtures,
                    provider,
                    provider.find(Set.of("a")),
                    fixtures.resolver(),
                    FixtureSecrets.builder().secret("a", SENTINEL),
                    rotating,
                    rotating.provider(),
                    rotating.resolver().explain(SecretDeclarations.of("a")),
                    rotating.refreshing(),
                    rotating.clock(),
                    volume,
                    Faults.counted(provider),
                    Faults.failing(provider),
                    Faults.denying(provider),
                    Faults.partial(provider),
                    Faults.flapping(provider, 1, 1),
                    Faults.slow(provider, Duration.ZERO),
                    Faults.slow(provider, new Faults.Gate()),
                    Faults.throttled(provider, 1, Duration.ofDays(1), rotating.clock()),
                    new Faults.Gate());
            assertThat(printed).allSatisfy(one -> assertThat(one.toString()).doesNotContain(SENTINEL));
        }
    }

    @Test
    void failure_ofEveryType_hasNoValue() throws Exception {
        SecretProvider provider = SecretProvider.of("store", Map.of("a", SENTINEL));
        SecretProvider throttled = Faults.throttled(provider, 0, Duration.ofDays(1), ManualClock.create());
        Path list = Files.writeString(directory.resolve("list.yaml"), "secrets: [" + SENTINEL + "]\n");
        Path open = Files.writeString(directory.resolve("open.yaml"), "secrets: {a: \"" + SENTINEL + "\n");
        Path nested = Files.writeString(directory.resolve("nested.yaml"), "secrets:\n  a: {b: " + SENTINEL + "}\n");
        Path tag = Files.writeString(directory.resolve("tag.yaml"), "secrets:\n  a: !" + SENTINEL + " x\n");
        Path name = Files.writeString(directory.resolve("name.yaml"), "secrets:\n  " + SENTINEL + "!: x\n");
        KubernetesVolume volume = KubernetesVolume.at(directory.resolve("volume"));
        try (RotatingSecrets rotating = RotatingSecrets.of(Map.of("a", SENTINEL))) {
            rotating.fail();
            List<ThrowingCallable> failing = List.of(
                    () -> rotating.resolver().resolve("a"),
                    () -> FixtureSecrets.of(Map.of("a", SENTINEL)).resolver().resolve("b"),
                    () -> FixtureSecrets.of(Map.of("a/b", SENTINEL)),
                    () -> FixtureSecrets.builder().secret("a", SENTINEL).secret("a", SENTINEL),
                    () -> FixtureSecrets.builder().file(list),
                    () -> FixtureSecrets.builder().file(open),
                    () -> FixtureSecrets.builder().file(nested),
                    () -> FixtureSecrets.builder().file(tag),
                    () -> FixtureSecrets.builder().file(name),
                    () -> rotating.rotate("a/b", SENTINEL),
                    () -> volume.publish(Map.of("a/b", SENTINEL)),
                    () -> volume.publish(Map.of("..a", SENTINEL)),
                    () -> SecretsResolver.of(Faults.failing(provider)).resolve("a"),
                    () -> SecretsResolver.of(Faults.denying(provider)).resolve("a"),
                    () -> Faults.flapping(provider, 0, 1).find(Set.of("a")),
                    () -> throttled.find(Set.of("a")));
            assertThat(failing).allSatisfy(call -> {
                Throwable failure = catchThrowable(call);
                assertThat(failure).isNotNull();
                StringWriter text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text));
                assertThat(text.toString()).doesNotContain(SENTINEL);
            });
        }
    }
}
