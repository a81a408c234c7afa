package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixtureSecretsTest {

    public record HuggingFace(Secret hfAccessToken) {}

    @Test
    void secrets_givenByName_areAllInOrder() {
        FixtureSecrets fixtures = FixtureSecrets.builder()
                .secret("b", "value-of-b")
                .secret("a", "value-of-a")
                .secret("absent", "")
                .build();
        SecretsAssertions.assertThat(fixtures.secrets()).hasNames("b", "a").hasValue("a", "value-of-a");
        assertThat(fixtures).hasToString("FixtureSecrets[b, a, absent]");
    }

    @Test
    void as_fixtureThere_fillsRecord() {
        HuggingFace record =
                FixtureSecrets.of(Map.of("hf_access_token", "test-token")).as(HuggingFace.class);
        assertThat(record.hfAccessToken().reveal()).isEqualTo("test-token");
    }

    @Test
    void as_fixtureMissing_failsWithResolversMessage() {
        FixtureSecrets fixtures = FixtureSecrets.of(Map.of());
        assertThatThrownBy(() -> fixtures.as(HuggingFace.class))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessage("""
                        1 of 1 declared secret has no value:
                          hf_access_token
                            fixtures    have no such secret; there are none
                        Set it in any of these places, for example: \
                        FixtureSecrets.builder().secret("hf_access_token", "...")""");
    }

    @Test
    void file_onClassPathAndByName_nameWins() {
        FixtureSecrets fixtures = FixtureSecrets.builder()
                .secret("build_number", "value-by-name")
                .file(FixtureSecretsTest.class, "secrets.yaml")
                .build();
        SecretsAssertions.assertThat(fixtures.secrets())
                .hasNames("hf_access_token", "build_number")
                .hasValue("build_number", "value-by-name")
                .hasValue("hf_access_token", "test-token");
    }

    @Test
    void file_byPath_isRead(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "secrets:\n  a: 1e5\n");
        SecretsAssertions.assertThat(FixtureSecrets.builder().file(file).build().secrets())
                .hasValue("a", "1e5");
    }

    @Test
    void file_notThere_saysSo(@TempDir Path directory) {
        FixtureSecrets.Builder builder = FixtureSecrets.builder();
        Path file = directory.resolve("none.yaml");
        assertThatThrownBy(() -> builder.file(file))
                .isInstanceOf(SecretsException.class)
                .hasMessage("the fixture file " + file + " does not exist");
    }

    @Test
    void secret_sameNameTwice_isRefused() {
        FixtureSecrets.Builder builder = FixtureSecrets.builder().secret("a", "value-one");
        assertThatThrownBy(() -> builder.secret("a", "value-two"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the fixture a is given twice: remove one");
    }

    @Test
    void secret_badName_isRefused() {
        FixtureSecrets.Builder builder = FixtureSecrets.builder();
        assertThatThrownBy(() -> builder.secret("a/b", "value")).isInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void refreshing_refreshed_hasTheValues() {
        try (RefreshingSecrets refreshing =
                FixtureSecrets.of(Map.of("a", "value-of-a")).refreshing()) {
            SecretsAssertions.assertThat(refreshing.refresh()).hasValue("a", "value-of-a");
        }
    }
}
