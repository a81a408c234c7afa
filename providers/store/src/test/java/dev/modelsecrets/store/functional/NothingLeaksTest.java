package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.AttachmentRefusedException;
import dev.modelsecrets.store.DamagedAuditLogException;
import dev.modelsecrets.store.DamagedStoreException;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.InvalidSecretException;
import dev.modelsecrets.store.OperationResult;
import dev.modelsecrets.store.OperationResults;
import dev.modelsecrets.store.Placement;
import dev.modelsecrets.store.RefusedOperationException;
import dev.modelsecrets.store.SecretExistsException;
import dev.modelsecrets.store.SecretInUseException;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretMount;
import dev.modelsecrets.store.SecretNotFoundException;
import dev.modelsecrets.store.SecretOperations;
import dev.modelsecrets.store.SecretOperations.Mode;
import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretStore;
import dev.modelsecrets.store.SecretStoreException;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.SecretType;
import dev.modelsecrets.store.StoreExistsException;
import dev.modelsecrets.store.StoreFullException;
import dev.modelsecrets.store.StoreKey;
import dev.modelsecrets.store.StoreKeyException;
import dev.modelsecrets.store.StoreKeyFile;
import dev.modelsecrets.store.StoreLockedException;
import dev.modelsecrets.store.StorePassword;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.StoreUnavailableException;
import dev.modelsecrets.store.StoredSecret;
import dev.modelsecrets.store.TestProcess;
import dev.modelsecrets.store.VersionConflictException;
import dev.modelsecrets.store.WrongKeyException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value, and the password of a store, show up in nothing that is printed, thrown, logged or told. */
class NothingLeaksTest {

    /** With a space, so that it can be no name: names of secrets and keys are told, wherever they come from. */
    private static final String SENTINEL = "test-sentinel 4711";

    private static final List<Class<?>> PUBLIC_TYPES = List.of(
            AttachmentRefusedException.class,
            DamagedAuditLogException.class,
            DamagedStoreException.class,
            EncryptedSecretStore.class,
            InvalidSecretException.class,
            OperationResult.class,
            OperationResults.class,
            Placement.class,
            RefusedOperationException.class,
            SecretExistsException.class,
            SecretInUseException.class,
            SecretMetadata.class,
            SecretMount.class,
            SecretNotFoundException.class,
            SecretOperations.class,
            SecretStage.class,
            SecretStore.class,
            SecretStoreException.class,
            SecretTemplate.class,
            SecretType.class,
            StoreExistsException.class,
            StoreFullException.class,
            StoreKey.class,
            StoreKeyException.class,
            StoreKeyFile.class,
            StoreLockedException.class,
            StorePassword.class,
            StoreSecretProvider.class,
            StoreUnavailableException.class,
            StoredSecret.class,
            VersionConflictException.class,
            WrongKeyException.class);

    @TempDir
    private Path directory;

    @Test
    void types_public_areAllKnownToThisTest() throws Exception {
        Path classes = Path.of(System.getProperty("basedir", "."), "target/classes/dev/modelsecrets/store");
        try (var files = Files.list(classes)) {
            Set<String> found = files.map(path -> path.getFileName().toString())
                    .filter(name ->
                            name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(NothingLeaksTest::isPublic)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(found)
                    .containsExactlyElementsOf(PUBLIC_TYPES.stream()
                            .map(Class::getSimpleName)
                            .sorted()
                            .toList());
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(
                    Class.forName("dev.modelsecrets.store." + name).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void types_exceptionsAndEnumsAside_areNotSerializable() {
        assertThat(PUBLIC_TYPES)
                .filteredOn(type -> !Throwable.class.isAssignableFrom(type) && !type.isEnum())
                .noneMatch(Serializable.class::isAssignableFrom);
    }

    @Test
    void objects_printedAndAsked_tellNoValue() throws Exception {
        EncryptedSecretStore store = store();
        StoredSecret secret = secret("a");
        StoredSecret.Builder builder = StoredSecret.builder("b").value("key", SENTINEL);
        SecretOperations operations = SecretOperations.parse(
                "{\"secrets_payload\": [{\"name\": \"c\", \"action\": \"create\", \"type\": \"opaque\", \"data\":"
                        + " {\"key\": \"" + SENTINEL + "\"}}]}");
        store.create(secret);
        store.create(Fixtures.registry("r", "docker.io", SENTINEL));
        List<Object> objects = List.of(
                store,
                secret,
                builder,
                operations,
                operations.apply(store, Mode.EACH),
                operations.apply(store, Mode.ATOMIC).results().get(0),
                store.describe("a"),
                store.list(),
                store.describe("a").mount(),
                password(),
                EncryptedSecretStore.builder(directory.resolve("secrets.json"), password()),
                StoreSecretProvider.ofSecret(store, "a"),
                StoreSecretProvider.builder(store).secret("a").dockerConfig("docker", "r"),
                SecretsResolver.of(StoreSecretProvider.ofSecret(store, "a")),
                SecretsResolver.of(StoreSecretProvider.builder(store)
                                .secret("a")
                                .dockerConfig("docker", "r")
                                .build())
                        .resolve("key", "docker"),
                StoreSecretProvider.ofSecret(store, "a").find(Set.of("key")));

        for (Object object : objects) {
            assertThat(object.toString()).as(object.getClass().getName()).doesNotContain(SENTINEL);
            if (PUBLIC_TYPES.contains(object.getClass())) {
                askEverything(object);
            }
        }
    }

    /** Calls what has no parameters and returns something. */
    private static void askEverything(Object object) throws Exception {
        for (Method method : object.getClass().getMethods()) {
            if (method.getParameterCount() == 0
                    && method.getReturnType() != void.class
                    && method.getDeclaringClass() != Object.class
                    && !Modifier.isStatic(method.getModifiers())) {
                assertThat(String.valueOf(method.invoke(object)))
                        .as(method.toString())
                        .doesNotContain(SENTINEL);
            }
        }
    }

    @Test
    void failures_ofAnyKind_tellNoValue() throws Exception {
        EncryptedSecretStore store = store();
        store.create(secret("a"));
        store.create(Fixtures.secret("b", "key", "test-other"));
        store.create(Fixtures.registry("r", "docker.io", SENTINEL));
        store.create(Fixtures.registry("s", "docker.io", "test-other"));
        store.attach("llm", List.of("a"));
        Path file = directory.resolve("secrets.json");
        List<ThrowingCallable> failures = new ArrayList<>(List.of(
                () -> store.create(secret("a")),
                () -> store.update(secret("missing")),
                () -> store.update(secret("r")),
                () -> store.replace(secret("r")),
                () -> store.update(secret("a"), 99),
                () -> store.delete("a"),
                () -> store.attach("llm", List.of("b")),
                () -> store.attach("pull", List.of("r", "s")),
                () -> StoredSecret.builder("a").value(SENTINEL, "key"),
                () -> StoredSecret.builder("a")
                        .value("key", SENTINEL + "\ud800")
                        .build(),
                () -> StoredSecret.builder("a")
                        .type(SecretType.CONTAINER_REGISTRY)
                        .value("key", SENTINEL)
                        .build(),
                () -> StoreSecretProvider.builder(store).environmentSecrets("[\"" + SENTINEL + "]"),
                () -> StoreSecretProvider.builder(store)
                        .environmentSecrets("[{\"envvar_name\": \"" + SENTINEL + "\"}]"),
                () -> SecretsResolver.of(StoreSecretProvider.builder(store)
                                .secret("a")
                                .secret("b")
                                .build())
                        .resolve("key"),
                () -> SecretsResolver.of(StoreSecretProvider.builder(store)
                                .dockerConfig("docker", "r", "s")
                                .build())
                        .resolve("docker"),
                () -> SecretsResolver.of(StoreSecretProvider.builder(store)
                                .document("a", "key")
                                .build())
                        .resolve("docker"),
                () -> store.undo("a"),
                () -> store.put("r", SENTINEL),
                () -> store.attach("llm", List.of("a"), SecretDeclarations.of("missing")),
                () -> EncryptedSecretStore.open(file, password("wrong " + SENTINEL))
                        .list(),
                () -> EncryptedSecretStore.create(directory.resolve("new.json"), password(SENTINEL + "\u00e9")),
                () -> EncryptedSecretStore.create(directory.resolve("none/new.json"), password()),
                () -> EncryptedSecretStore.open(file, StorePassword.fromCallback(() -> {
                            throw new IllegalStateException(SENTINEL);
                        }))
                        .list()));
        for (SecretTemplate template : SecretTemplate.values()) {
            failures.add(() -> template.secret("a")
                    .value(template.keys().get(0).name(), SENTINEL)
                    .value("other", SENTINEL)
                    .build());
        }

        for (int i = 0; i < failures.size(); i++) {
            Throwable failure = catchThrowable(failures.get(i));
            assertThat(failure).as("failure %s", i).isNotNull();
            assertThat(text(failure)).as("failure %s", i).doesNotContain(SENTINEL);
        }

        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
        assertThat(text(catchThrowable(store::list))).contains("is truncated").doesNotContain(SENTINEL);
    }

    @Test
    void log_ofWholeProcess_tellsNoValue() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), SENTINEL);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Path output = directory.resolve("output");

        Process process = new ProcessBuilder(TestProcess.command(Everything.class, directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(output))
                .containsOnlyOnce("everybody on this machine can read the password file " + password
                        + "; run: chmod 600 " + password)
                .doesNotContain(SENTINEL);
    }

    /** Does what a process does with a store, and logs what it logs to its standard error. */
    static final class Everything {

        private Everything() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            StorePassword password = StorePassword.fromFile(directory.resolve("password"));
            EncryptedSecretStore store = EncryptedSecretStore.create(directory.resolve("logged.json"), password);
            store.create(secret("a"));
            store.attach("llm", List.of("a"));
            if (!Fixtures.value(store, "a", "key").equals(SENTINEL)) {
                throw new IllegalStateException("another value was stored");
            }
            store.changePassword(password);
            store.forceDelete("a");
        }
    }

    @Test
    void parsers_ofBrokenDocuments_tellNoValue() {
        String batch = """
            {"secrets_payload": [
              {"name": "a", "action": "create", "type": "opaque", "data": {"key": "%1$s", "other": "%1$s"}},
              {"name": "b", "action": "update", "type": "container_registry", "data": {
                "registry_server": "%1$s", "username": "%1$s", "password": "%1$s", "email": "%1$s"}},
              {"name": "c", "action": "delete"}]}
            """.formatted(SENTINEL);
        String triples = """
            {"recipe_environment_secrets": [
              {"envvar_name": "A", "secret_name": "a", "secret_key": "k"},
              {"envvar_name": "%1$s", "secret_name": "%1$s", "secret_key": "%1$s"}]}
            """.formatted(SENTINEL);
        InMemorySecretStore store = new InMemorySecretStore(java.time.Clock.systemUTC());
        Random random = new Random(5);
        for (int i = 0; i < Integer.getInteger("fuzz.documents", 4_000); i++) {
            String document = broken(i % 2 == 0 ? batch : triples, random);
            Throwable failure = catchThrowable(() -> {
                SecretOperations operations = SecretOperations.parse(document);
                assertThat(operations.apply(store, Mode.EACH).toJson()).doesNotContain(SENTINEL);
                assertThat(operations.apply(store, Mode.ATOMIC).toJson()).doesNotContain(SENTINEL);
            });
            assertLeakFree(failure, document);
            assertLeakFree(
                    catchThrowable(() -> StoreSecretProvider.builder(store).environmentSecrets(document)), document);
        }
        assertThat(store.list().toString()).doesNotContain(SENTINEL);
    }

    private static void assertLeakFree(Throwable failure, String document) {
        if (failure != null) {
            assertThat(failure).as(document).isInstanceOf(InvalidSecretException.class);
            assertThat(text(failure)).doesNotContain(SENTINEL).doesNotContain("sentinel");
        }
    }

    private static String broken(String document, Random random) {
        StringBuilder text = new StringBuilder(document);
        for (int n = 1 + random.nextInt(3); n > 0 && !text.isEmpty(); n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, "\"{}[]:,\\\u0000x1n".charAt(random.nextInt(12)));
                case 2 -> text.setLength(Math.max(1, at));
                default -> text.setCharAt(at, "\"{}[]:,\\ t1\n".charAt(random.nextInt(12)));
            }
        }
        return text.toString();
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private EncryptedSecretStore store() {
        return EncryptedSecretStore.create(directory.resolve("secrets.json"), password());
    }

    private static StorePassword password() {
        return password("password " + SENTINEL);
    }

    private static StorePassword password(String password) {
        return Fixtures.password(password);
    }

    private static StoredSecret secret(String name) {
        return Fixtures.secret(name, "key", SENTINEL);
    }
}
