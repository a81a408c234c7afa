package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class PropertiesMetadataTest {

    @Test
    void metadata_always_describesEachProperty() throws IOException {
        String metadata = metadata();
        for (String property : new String[] {
            "names",
            "defaults",
            "config",
            "chain",
            "secrets-directory",
            "prefix",
            "local-config",
            "refresh-interval",
            "deadline",
            "allow-defaults",
            "conflicts",
            "rebind",
            "redact-logs",
            "health.maximum-age",
            "kubernetes.namespace",
            "vault.address",
            "vault.token-file",
            "aws.region",
            "gcp.project",
            "azure.vault-url"
        }) {
            assertThat(metadata).contains("\"name\": \"model-secrets." + property + "\"");
        }
        assertThat(metadata).contains("Secrets that need a value.");
    }

    /** The tests have metadata of their own, under the same name. */
    private static String metadata() throws IOException {
        StringBuilder all = new StringBuilder();
        for (URL file : Collections.list(
                SecretsProperties.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream stream = file.openStream()) {
                all.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
