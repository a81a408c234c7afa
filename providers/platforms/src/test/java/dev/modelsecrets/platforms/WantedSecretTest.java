package dev.modelsecrets.platforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.Secret;
import dev.modelsecrets.Secrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WantedSecretTest {

    @Test
    void named_sameKeyTwice_refused() {
        WantedSecret.Builder builder = WantedSecret.named("model").key("A", Secret.of("value-a"));

        assertThatThrownBy(() -> builder.key("A", Secret.of("value-b")))
                .hasMessage("the secret model has the key A twice");
    }

    @Test
    void named_noKey_refused() {
        assertThatThrownBy(() -> WantedSecret.named("model").build()).hasMessage("the secret model has no key");
        assertThatThrownBy(() -> WantedSecret.of("model", Secrets.of(Map.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void named_namesThatLeadElsewhere_refused() {
        for (String name : List.of("../x", "a/b", "a?b", "", "a b")) {
            assertThatThrownBy(() -> WantedSecret.named(name)).isInstanceOf(InvalidSecretNameException.class);
        }
    }

    @Test
    void plan_nameTwice_refused() {
        WantedSecret wanted = WantedSecret.of("a", Secret.of("value-a"));

        try (SecretPlatform platform =
                BasetenPlatform.builder(Secret.of("test-key")).build()) {
            assertThatThrownBy(() -> platform.plan(List.of(wanted, wanted))).hasMessage("the secret a is wanted twice");
        }
    }

    @Test
    void toString_always_namesOnly() {
        assertThat(WantedSecret.of("a", Secret.of("value-a"))).hasToString("a[a]");
        assertThat(WantedSecret.containerRegistry("r", "server", "me", Secret.of("value-r"), "me@example.org"))
                .hasToString("r (container registry)");
    }
}
