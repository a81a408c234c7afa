package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GfpganModelTest {

    @Test
    void predict_rightCredentials_storesThePhoto() throws IOException {
        assertThat(predict(secrets("test-private-1"))).isEqualTo("restored-photo.jpg");
    }

    @Test
    void predict_wrongCredentials_isRefusedWithoutNamingTheBucket() {
        assertThatThrownBy(() -> predict(secrets("test-private-2")))
                .isInstanceOf(IOException.class)
                .hasMessage("401 Unauthorized");
    }

    @Test
    void load_undeclaredSecret_isNamed() {
        Secrets secrets = Secrets.of(Map.of("gfpgan_aws_bucket", "test-photos-1"));
        assertThatThrownBy(() -> predict(secrets))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessageContaining("\"gfpgan_aws_region\" is not among the resolved secrets");
    }

    private static Secrets secrets(String secretAccessKey) {
        return Secrets.of(Map.of(
                "gfpgan_aws_access_key_id", "test-keyid-1",
                "gfpgan_aws_secret_access_key", secretAccessKey,
                "gfpgan_aws_region", "test-north-1",
                "gfpgan_aws_bucket", "test-photos-1"));
    }

    private static String predict(Secrets secrets) throws IOException {
        try (ProtectedServer services = Services.start()) {
            GfpganModel model = new GfpganModel(services.address(), secrets);
            model.load();
            return model.predict("photo.jpg");
        }
    }
}
