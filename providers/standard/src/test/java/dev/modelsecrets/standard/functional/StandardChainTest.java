package dev.modelsecrets.standard.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.ConflictPolicy;
import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.ResolutionReport;
import dev.modelsecrets.SecretConflictException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.KubernetesMount;
import dev.modelsecrets.standard.LogLines;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.standard.StandardProviders;
import dev.modelsecrets.standard.internal.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard chain from end to end, on real files. */
class StandardChainTest {

    private static final String REPAIR =
            "Repair what failed: a failure ends the search for a secret, so that no stale value is used.";

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private Path mount;
    private Path localConfig;

    @BeforeEach
    void namePlaces() {
        environment.put("HOME", directory.toString());
        mount = directory.resolve("secrets");
        localConfig = directory.resolve(".truss/config.yaml");
    }

    private StandardProviders.Builder places() {
        return StandardProviders.builder().environment(environment).secretsDirectory(mount);
    }

    private SecretsResolver resolver(ConflictPolicy conflicts) {
        return SecretsResolver.builder()
                .providers(places().chain())
                .conflicts(conflicts)
                .build();
    }

    private void mount(String name, String content) throws IOException {
        Files.createDirectories(mount);
        Files.writeString(mount.resolve(name), content);
    }

    private void localConfig(String yaml) throws IOException {
        Files.createDirectories(localConfig.getParent());
        Files.writeString(localConfig, yaml);
        Files.setPosixFilePermissions(localConfig, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void resolve_allFourPlaces_handsOverEverythingInDeclaredOrder() throws Exception {
        Path config = Files.writeString(directory.resolve("config.yaml"), """
                model_name: demo
                secrets:
                  from_auth_number: null
                  from_auth: null
                  from_local: null
                  tls.key: null
                  from_mount: null
                  from_environment: null
                  from_default: eu-west-1
                  from_empty_default: ""
                """);
        environment.put("TRUSS_SECRET_from_environment", " verbatim");
        environment.put("AUTH_SECRET", "{\"from_auth\": \"token\", \"from_auth_number\": 1.10}");
        Files.createDirectory(mount);
        new KubernetesMount(mount)
                .publish(Map.of("from_mount", "mounted\n", "tls.key", "-----BEGIN-----\nMIIB\n-----END-----\n"));
        localConfig("secrets:\n  from_local: 0123\n");

        try (LogLines log = new LogLines()) {
            Secrets secrets =
                    places().resolver().resolve(ModelConfig.read(config).declarations());

            assertThat(secrets.keySet())
                    .containsExactly(
                            "from_auth_number",
                            "from_auth",
                            "from_local",
                            "tls.key",
                            "from_mount",
                            "from_environment",
                            "from_default",
                            "from_empty_default");
            assertThat(secrets.get("from_environment")).isEqualTo(" verbatim");
            assertThat(secrets.get("from_mount")).isEqualTo("mounted");
            assertThat(secrets.get("tls.key")).isEqualTo("-----BEGIN-----\nMIIB\n-----END-----\n");
            assertThat(secrets.get("from_local")).isEqualTo("0123");
            assertThat(secrets.get("from_auth")).isEqualTo("token");
            assertThat(secrets.get("from_auth_number")).isEqualTo("1.10");
            assertThat(secrets.get("from_default")).isEqualTo("eu-west-1");
            assertThat(secrets.get("from_empty_default")).isEmpty();
            assertThat(secrets.source("from_environment")).isEqualTo("environment: TRUSS_SECRET_from_environment");
            assertThat(secrets.source("from_mount")).isEqualTo("mounted: " + mount + "/from_mount");
            assertThat(secrets.source("from_local")).isEqualTo("local config: " + localConfig + " secrets.from_local");
            assertThat(secrets.source("from_auth")).isEqualTo("AUTH_SECRET: AUTH_SECRET key from_auth");
            assertThat(secrets.source("from_default")).isEqualTo("default: its declaration");
            assertThat(log.soFar())
                    .containsExactly("WARNING No provider has the secret from_default:"
                            + " the default of its declaration is used");
        }
    }

    @Test
    void resolve_oneNameEverywhere_followsTheOrderOfTheChain() throws Exception {
        environment.put("TRUSS_SECRET_token", "environment");
        environment.put("AUTH_SECRET", "{\"token\": \"auth\"}");
        mount("token", "mounted");
        localConfig("secrets:\n  token: local\n");

        assertThat(places().resolver().resolve("token")).containsEntry("token", "environment");
        environment.remove("TRUSS_SECRET_token");
        assertThat(places().resolver().resolve("token")).containsEntry("token", "mounted");
        Files.delete(mount.resolve("token"));
        assertThat(places().resolver().resolve("token")).containsEntry("token", "local");
        Files.delete(localConfig);
        assertThat(places().resolver().resolve("token")).containsEntry("token", "auth");
    }

    @Test
    void resolve_trussServerChain_prefersTheFileAndKnowsNothingElse() throws Exception {
        environment.put("TRUSS_SECRET_token", "environment");
        environment.put("TRUSS_SECRET_other", "environment");
        environment.put("AUTH_SECRET", "{\"last\": \"auth\"}");
        mount("token", "mounted");
        localConfig("secrets:\n  last: local\n");
        SecretsResolver truss =
                SecretsResolver.builder().providers(places().trussServerChain()).build();

        assertThat(truss.resolve("token", "other"))
                .containsExactly(Map.entry("token", "mounted"), Map.entry("other", "environment"));
        assertThatThrownBy(() -> truss.resolve("last"))
                .isExactlyInstanceOf(MissingSecretsException.class)
                .hasMessage("1 of 1 declared secret has no value:\n"
                        + "  last\n"
                        + "    mounted        " + mount + "/last does not exist\n"
                        + "    environment    TRUSS_SECRET_last is not set\n"
                        + "Set it in any of these places, for example: write it to the file "
                        + Printable.shellWord(mount.resolve("last")));
    }

    @Test
    void resolve_blankEverywhereButLast_takesTheLast() throws Exception {
        environment.put("TRUSS_SECRET_token", "");
        environment.put("AUTH_SECRET", "{\"token\": \"auth\"}");
        mount("token", "\n");
        localConfig("secrets:\n  token: ''\n");

        assertThat(places().resolver().resolve("token")).containsEntry("token", "auth");
    }

    @Test
    void resolve_brokenPlaceThatIsNotReached_isNotNoticed() throws Exception {
        environment.put("TRUSS_SECRET_token", "environment");
        environment.put("AUTH_SECRET", "{hunter2");
        Files.writeString(mount, "hunter2");
        localConfig("secrets: [hunter2");

        assertThat(places().resolver().resolve("token")).containsEntry("token", "environment");
    }

    @Test
    void resolve_brokenPlaceBeforeTheOneThatHasIt_fails() throws Exception {
        environment.put("AUTH_SECRET", "{\"token\": \"stale\"}");
        localConfig("secrets:\n  token: \"hunter2\n");

        assertThatThrownBy(() -> places().resolver().resolve("token"))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("1 of 1 declared secret has no value:\n"
                        + "  token\n"
                        + "    environment     TRUSS_SECRET_token is not set\n"
                        + "    mounted         " + mount + " does not exist\n"
                        + "    local config    failed: " + localConfig
                        + " is not valid YAML at line 3, column 1: a quote is not closed\n"
                        + REPAIR);
    }

    @Test
    void resolve_defaultAndBrokenPlace_fails() throws Exception {
        localConfig("secrets:\n  token: [hunter2]\n");

        assertThatThrownBy(() -> places().resolver().resolve(SecretDeclarations.of(Map.of("token", "default"))))
                .isExactlyInstanceOf(SecretProviderException.class)
                .hasMessage("1 of 1 declared secret has no value:\n"
                        + "  token\n"
                        + "    environment     TRUSS_SECRET_token is not set\n"
                        + "    mounted         " + mount + " does not exist\n"
                        + "    local config    failed: " + localConfig
                        + ": the secret token at line 2, column 3 is a map or a list, not text\n"
                        + REPAIR);
    }

    @Test
    void resolve_nothingSet_saysWhatWasLookedAt() {
        assertThatThrownBy(() -> places().resolver().resolve("hf_access_token"))
                .isExactlyInstanceOf(MissingSecretsException.class)
                .hasMessage("1 of 1 declared secret has no value:\n"
                        + "  hf_access_token\n"
                        + "    environment     TRUSS_SECRET_hf_access_token is not set\n"
                        + "    mounted         " + mount + " does not exist\n"
                        + "    local config    " + localConfig + " does not exist\n"
                        + "    AUTH_SECRET     is not set\n"
                        + "Set it in any of these places, for example: export TRUSS_SECRET_hf_access_token=...");
    }

    @Test
    void resolve_someMissing_listsEachWithEveryReasonAndNearMiss() throws Exception {
        environment.put("TRUSS_SECRET_s3_region", "eu-west-1");
        environment.put("HF_ACCESS_TOKEN", "hunter2");
        environment.put("TRUSS_SECRET_s3_bucket", " ");
        environment.put("AUTH_SECRET", "{\"S3_BUCKET\": \"hunter2\", \"hf_access_token\": null}");
        mount("hf_access_token.txt", "hunter2");
        mount("s3_bucket", "\n");
        localConfig("secrets:\n  hf_access_token:\n  s3-bucket: hunter2\n");
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("hf_access_token")
                .required("s3_region")
                .withDefault("s3_prefix", "")
                .required("s3_bucket")
                .build();

        assertThatThrownBy(() -> places().resolver().resolve(declarations))
                .isInstanceOfSatisfying(
                        MissingSecretsException.class,
                        e -> assertThat(e.names()).containsExactly("hf_access_token", "s3_bucket"))
                .hasMessage("2 of 4 declared secrets have no value:\n"
                        + "  hf_access_token\n"
                        + "    environment     TRUSS_SECRET_hf_access_token is not set"
                        + " (HF_ACCESS_TOKEN is: a prefix is needed)\n"
                        + "    mounted         " + mount
                        + "/hf_access_token does not exist (hf_access_token.txt is there:"
                        + " the file name must be the secret's name, without an extension)\n"
                        + "    local config    " + localConfig + " has it as null, at line 2, column 3\n"
                        + "    AUTH_SECRET     has it as null\n"
                        + "  s3_bucket\n"
                        + "    environment     TRUSS_SECRET_s3_bucket is blank\n"
                        + "    mounted         " + mount + "/s3_bucket is blank\n"
                        + "    local config    " + localConfig + " has no such secret"
                        + " (s3-bucket is there: names must match exactly)\n"
                        + "    AUTH_SECRET     has no such key (S3_BUCKET is there: names must match exactly)\n"
                        + "Set each one in any of these places, for example: export TRUSS_SECRET_hf_access_token=...");
    }

    @Test
    void explain_everyKindOfRow_isATable() throws Exception {
        environment.put("TRUSS_SECRET_token", "hunter2");
        environment.put("TRUSS_SECRET_shared", "hunter2");
        environment.put("AUTH_SECRET", "{\"token\": \"hunter2\", \"last\": \"x\"}");
        mount("token", "hunter3");
        mount("shared", "hunter2\n");
        localConfig("secrets:\n  bad: [hunter2]\n  token: hunter2\n");
        SecretDeclarations declarations = SecretDeclarations.builder()
                .required("token")
                .required("shared")
                .required("last")
                .withDefault("region", "hunter4")
                .required("missing")
                .required("bad")
                .build();

        ResolutionReport report = places().resolver().explain(declarations);

        assertThat(report.isComplete()).isFalse();
        String pad = " ".repeat(22);
        assertThat(report.toString().lines())
                .containsExactly(
                        "SECRET   FROM         WHERE                 ALSO IN",
                        "token    environment  TRUSS_SECRET_token    mounted (a different value),"
                                + " local config (the same value), AUTH_SECRET (the same value)",
                        "shared   environment  TRUSS_SECRET_shared   mounted (the same value)",
                        "last     AUTH_SECRET  AUTH_SECRET key last",
                        "region   default      its declaration",
                        "missing  MISSING      environment: TRUSS_SECRET_missing is not set",
                        pad + "mounted: " + mount + "/missing does not exist",
                        pad + "local config: " + localConfig + " has no such secret",
                        pad + "AUTH_SECRET: has no such key",
                        "bad      FAILED       environment: TRUSS_SECRET_bad is not set",
                        pad + "mounted: " + mount + "/bad does not exist",
                        pad + "local config: failed: " + localConfig
                                + ": the secret bad at line 2, column 3 is a map or a list, not text",
                        pad + "AUTH_SECRET: has no such key");
    }

    @Test
    void explain_malformedDocument_isAVerdictOnEveryName() throws Exception {
        environment.put("AUTH_SECRET", "{\"token\": \"hunter2");
        mount("token", "value");

        ResolutionReport report = places().resolver().explain(SecretDeclarations.of("token", "other"));

        String malformed = "the variable is not valid JSON at line 1, column 19: a quote is not closed";
        assertThat(report.entries().get(0).status()).isEqualTo(ResolutionReport.Status.FOUND);
        assertThat(report.entries().get(0).verdicts().get(3).text()).isEqualTo(malformed);
        assertThat(report.entries().get(1).status()).isEqualTo(ResolutionReport.Status.FAILED);
        assertThat(report.entries().get(1).verdicts().get(3).text()).isEqualTo(malformed);
    }

    @Test
    void conflicts_failAndDifferentValues_namesBothPlaces() throws Exception {
        environment.put("TRUSS_SECRET_token", "hunter2");
        mount("token", "hunter3");
        mount("other", "hunter4");

        assertThatThrownBy(() -> resolver(ConflictPolicy.FAIL).resolve("token", "other"))
                .isInstanceOfSatisfying(
                        SecretConflictException.class,
                        e -> assertThat(e.names()).containsExactly("token"))
                .hasMessage("different values for one name:\n"
                        + "  token\n"
                        + "    environment: TRUSS_SECRET_token\n"
                        + "    mounted: " + mount + "/token\n"
                        + "Remove all but one of each, or make them equal.");
    }

    @Test
    void conflicts_failAndSameValue_isNoConflict() throws Exception {
        environment.put("TRUSS_SECRET_token", "hunter2");
        mount("token", "hunter2\n");

        assertThat(resolver(ConflictPolicy.FAIL).resolve("token")).containsEntry("token", "hunter2");
    }

    @Test
    void conflicts_warn_logsOnceAndUsesTheFirst() throws Exception {
        environment.put("TRUSS_SECRET_token", "hunter2");
        mount("token", "hunter3");
        SecretsResolver resolver = resolver(ConflictPolicy.WARN);

        try (LogLines log = new LogLines()) {
            assertThat(resolver.resolve("token")).containsEntry("token", "hunter2");
            assertThat(resolver.resolve("token")).containsEntry("token", "hunter2");

            assertThat(log.soFar())
                    .isEqualTo(List.of("WARNING token has different values in: environment: TRUSS_SECRET_token,"
                            + " mounted: " + mount + "/token; the first one is used"));
        }
    }

    @Test
    void allowDefaults_false_reportsTheNameAsMissing() {
        SecretsResolver strict = SecretsResolver.builder()
                .providers(places().chain())
                .allowDefaults(false)
                .build();

        assertThatThrownBy(() -> strict.resolve(SecretDeclarations.of(Map.of("token", "hunter2"))))
                .isExactlyInstanceOf(MissingSecretsException.class)
                .hasMessage("1 of 1 declared secret has no value:\n"
                        + "  token\n"
                        + "    environment     TRUSS_SECRET_token is not set\n"
                        + "    mounted         " + mount + " does not exist\n"
                        + "    local config    " + localConfig + " does not exist\n"
                        + "    AUTH_SECRET     is not set\n"
                        + "    its default is not used, because this resolver does not allow defaults\n"
                        + "Set it in any of these places, for example: export TRUSS_SECRET_token=...");
    }
}
