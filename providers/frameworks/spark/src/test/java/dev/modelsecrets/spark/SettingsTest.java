package dev.modelsecrets.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @Test
    void of_namesAndDefaults_areDeclaredInOrder() {
        Settings settings = Settings.of(new SparkConf(false)
                .set("spark.modelsecrets.names", " hf_access_token , s3_bucket,,")
                .set("spark.modelsecrets.default.s3_region", "us-east-1")
                .set("spark.other", "ignored"));

        assertThat(settings.declarations().names()).containsExactly("hf_access_token", "s3_bucket", "s3_region");
        assertThat(settings.declarations().defaultValue("s3_region")).contains("us-east-1");
    }

    @Test
    void of_settingsOfTheReadme_areAccepted() {
        SparkConf conf = new SparkConf()
                .set("spark.plugins", "dev.modelsecrets.spark.ModelSecretsPlugin")
                .set("spark.modelsecrets.names", "hf_access_token")
                .set("spark.modelsecrets.sources", "mounted");

        assertThat(Settings.of(conf).sources()).containsExactly("mounted");
    }

    @Test
    void of_modelConfig_declaresWhatItsSecretsSay(@TempDir Path directory) throws IOException {
        Path config = Files.writeString(
                directory.resolve("config.yaml"), "secrets:\n  hf_access_token: null\n  s3_region: us-east-1\n");

        Settings settings = Settings.of(Map.of("modelConfig", config.toString(), "names", "extra"));

        assertThat(settings.declarations().names()).containsExactly("hf_access_token", "s3_region", "extra");
        assertThat(settings.declarations().defaultValue("s3_region")).contains("us-east-1");
    }

    @Test
    void toMap_readAgain_isTheSameWithoutTheFile(@TempDir Path directory) throws IOException {
        Path config = Files.writeString(
                directory.resolve("config.yaml"), "secrets:\n  hf_access_token: null\n  s3_region: us-east-1\n");
        Settings settings = Settings.of(Map.of("modelConfig", config.toString(), "sources", "store,driver"));

        Map<String, String> shipped = settings.toMap();
        Settings read = Settings.of(shipped);

        assertThat(shipped).doesNotContainKey("modelConfig");
        assertThat(read.declarations()).isEqualTo(settings.declarations());
        assertThat(read.sources()).containsExactly("store", "driver");
    }

    @Test
    void of_nothing_hasTheDefaults() {
        Settings settings = Settings.of(Map.of("names", "a"));

        assertThat(settings.sources()).containsExactly("mounted", "environment");
        assertThat(settings.driverSources()).containsExactly("mounted", "environment");
        assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.preflight()).isTrue();
        assertThat(settings.handsOver()).isFalse();
    }

    @Test
    void driverSources_notGiven_areThoseOfExecutorsUnlessTheyAskTheDriver() {
        assertThat(Settings.of(Map.of("names", "a", "sources", "store")).driverSources())
                .containsExactly("store");
        assertThat(Settings.of(Map.of("names", "a", "sources", "driver")).driverSources())
                .containsExactly("mounted", "environment");
        assertThat(Settings.of(Map.of("names", "a", "sources", "driver", "driver.sources", "vault"))
                        .driverSources())
                .containsExactly("vault");
    }

    @Test
    void options_always_haveTheirPrefixTakenOff() {
        assertThat(Settings.of(Map.of("names", "a", "option.address", "https://vault"))
                        .options())
                .isEqualTo(Map.of("address", "https://vault"));
    }

    @Test
    void of_noName_saysWhatToSet() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of()))
                .withMessageContaining("set spark.modelsecrets.names");
    }

    @Test
    void of_unknownProperty_saysWhichThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("name", "hf_access_token")))
                .withMessageContaining("There is no property spark.modelsecrets.name; there are")
                .withMessageContaining("names");
    }

    @Test
    void of_durationThatIsNone_saysWhichProperty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("names", "a", "interval", "soon")))
                .withMessage("spark.modelsecrets.interval is no duration such as 30s or 5min");
    }

    @Test
    void preflight_anotherWord_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Settings.of(Map.of("names", "a", "preflight", "yes")).preflight())
                .withMessage("spark.modelsecrets.preflight must be true or false");
    }
}
