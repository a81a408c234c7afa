package dev.modelsecrets.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The project that secrets are in unless their name says another: given, in the environment, or that of the login. */
final class Project {

    /** The variables that Google's own libraries read, in their order. */
    private static final List<String> VARIABLES = List.of("GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT");

    private volatile @Nullable String id;

    Project(@Nullable String given, Map<String, String> environment) {
        this.id = given != null ? given : fromEnvironment(environment);
    }

    private static @Nullable String fromEnvironment(Map<String, String> environment) {
        for (String variable : VARIABLES) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    /** Returns the project, as far as it is known without asking anybody. */
    @Nullable
    String id() {
        return id;
    }

    /**
     * Returns the project, that of the login if nobody said one: a service account's, or the machine's.
     *
     * @param client says how it logs in; null if it does not
     * @throws IOException if there are no credentials
     */
    @Nullable
    String id(@Nullable SecretManagerServiceSettings client) throws IOException {
        if (id == null
                && client != null
                && client.getCredentialsProvider().getCredentials() instanceof GoogleCredentials login) {
            id = login.getProjectId();
        }
        return id;
    }
}
