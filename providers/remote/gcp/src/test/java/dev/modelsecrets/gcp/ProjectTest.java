package dev.modelsecrets.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectTest {

    private static final Map<String, String> BOTH =
            Map.of("GOOGLE_CLOUD_PROJECT", "test-first", "GCLOUD_PROJECT", "test-second");

    @Test
    void id_given_winsOverTheEnvironment() {
        assertThat(new Project("test-given", BOTH).id()).isEqualTo("test-given");
    }

    @Test
    void id_bothVariables_isTheFirst() {
        assertThat(new Project(null, BOTH).id()).isEqualTo("test-first");
    }

    @Test
    void id_firstVariableBlank_isTheSecond() {
        assertThat(new Project(null, Map.of("GOOGLE_CLOUD_PROJECT", " ", "GCLOUD_PROJECT", "test-second\n")).id())
                .isEqualTo("test-second");
    }

    @Test
    void id_nobodySaysOne_isThatOfTheLogin() throws IOException {
        Project project = new Project(null, Map.of());

        assertThat(project.id()).isNull();
        assertThat(project.id(null)).isNull();
        assertThat(project.id(settings(null))).isNull();
        assertThat(project.id(settings(new ServiceAccount()))).isEqualTo("test-account");
        assertThat(project.id()).isEqualTo("test-account");
    }

    private static SecretManagerServiceSettings settings(Credentials credentials) throws IOException {
        return SecretManagerServiceSettings.newBuilder()
                .setCredentialsProvider(
                        credentials == null
                                ? NoCredentialsProvider.create()
                                : FixedCredentialsProvider.create(credentials))
                .build();
    }

    private static final class ServiceAccount extends GoogleCredentials {

        private static final long serialVersionUID = 1L;

        @Override
        public String getProjectId() {
            return "test-account";
        }
    }
}
