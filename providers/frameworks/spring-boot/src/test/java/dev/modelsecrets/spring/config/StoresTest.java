package dev.modelsecrets.spring.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

    private static final List<String> MODULES = List.of("kubernetes", "vault", "aws", "gcp", "azure");

    /** A class that names two modules cannot be linked where one of them is missing. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                Stores.Kubernetes.class,
                Stores.Vault.class,
                Stores.Aws.class,
                Stores.Gcp.class,
                Stores.Azure.class
            })
    void storeClass_otherModules_areNotNamed(Class<?> store) throws IOException {
        assertThat(modulesNamedBy(store)).containsExactly(module(store));
    }

    @Test
    void commonClasses_modules_areNotNamed() throws IOException {
        assertThat(modulesNamedBy(Stores.class)).isEmpty();
        assertThat(modulesNamedBy(SecretChain.class)).isEmpty();
    }

    private static String module(Class<?> store) {
        return store.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Stream<String> modulesNamedBy(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream file = type.getResourceAsStream(name)) {
            String constants = new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
            return MODULES.stream().filter(module -> constants.contains("dev/modelsecrets/" + module + "/"));
        }
    }
}
