package dev.modelsecrets.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HuggingFaceModelTest {

    private static final String SENTENCE = "Paris is the [MASK] of France.";

    @Test
    void predict_rightToken_isTheAnswer() throws IOException {
        assertThat(predict(Secrets.of(Map.of("hf_access_token", "test-token-1"))))
                .isEqualTo("capital");
    }

    @Test
    void predict_plainMap_worksTheSame() throws IOException {
        assertThat(predict(Map.of("hf_access_token", "test-token-1"))).isEqualTo("capital");
    }

    @Test
    void predict_wrongToken_isRefused() {
        assertThatThrownBy(() -> predict(Map.of("hf_access_token", "test-token-2")))
                .isInstanceOf(IOException.class)
                .hasMessage("401 Unauthorized");
    }

    @Test
    void predict_beforeLoad_saysSo() throws IOException {
        try (ProtectedServer services = Services.start()) {
            HuggingFaceModel model = new HuggingFaceModel(services.address(), Map.of());
            assertThatThrownBy(() -> model.predict(SENTENCE)).hasMessage("load comes before predict");
        }
    }

    private static String predict(Map<String, String> secrets) throws IOException {
        try (ProtectedServer services = Services.start()) {
            HuggingFaceModel model = new HuggingFaceModel(services.address(), secrets);
            model.load();
            return model.predict(SENTENCE);
        }
    }
}
