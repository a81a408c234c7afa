package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

    private static final AccessPolicy POLICY = AccessPolicy.builder()
            .trust("llama")
            .allow("whisper", "hf_access_token")
            .allow("whisper", "s3_bucket", "region")
            .allow("empty")
            .build();

    private final FakeProvider provider = new FakeProvider("remote")
            .has("hf_access_token", "hf")
            .has("s3_bucket", "b")
            .has("admin_key", "SENTINEL-VALUE-0123456789");

    private SecretsResolver resolver(String model) {
        return SecretsResolver.builder()
                .provider(provider)
                .accessPolicy(POLICY)
                .build()
                .forModel(model);
    }

    @Test
    void allows_trustedModel_anything() {
        assertThat(POLICY.allows("llama", "admin_key")).isTrue();
        assertThat(POLICY.allows("llama", "no_such_secret")).isTrue();
    }

    @Test
    void allows_modelWithAList_whatIsOnIt() {
        assertThat(POLICY.allows("whisper", "hf_access_token")).isTrue();
        assertThat(POLICY.allows("whisper", "region")).isTrue();
        assertThat(POLICY.allows("whisper", "admin_key")).isFalse();
        assertThat(POLICY.allows("whisper", "HF_ACCESS_TOKEN")).isFalse();
    }

    @Test
    void allows_otherModels_nothing() {
        assertThat(POLICY.allows("empty", "region")).isFalse();
        assertThat(POLICY.allows("unknown", "region")).isFalse();
        assertThat(POLICY.allows("Llama", "region")).isFalse();
        assertThat(POLICY.allows("", "region")).isFalse();
    }

    @Test
    void build_builderThatGoesOn_doesNotChangeThePolicy() {
        AccessPolicy.Builder builder = AccessPolicy.builder().allow("m", "a");
        AccessPolicy before = builder.build();

        AccessPolicy after = builder.allow("m", "b").trust("n").build();

        assertThat(before.allows("m", "b")).isFalse();
        assertThat(before.allows("n", "a")).isFalse();
        assertThat(after.allows("m", "a")).isTrue();
        assertThat(after.allows("m", "b")).isTrue();
        assertThat(after.allows("n", "a")).isTrue();
    }

    @Test
    void allow_notASecretName_isRefused() {
        assertThatThrownBy(() -> AccessPolicy.builder().allow("m", "a/b"))
                .isInstanceOf(InvalidSecretNameException.class);
    }

    @Test
    void toString_policy_isNumbersOnly() {
        assertThat(POLICY).hasToString("AccessPolicy[1 trusted models, 2 with a list]");
    }

    @Test
    void resolve_trustedModel_getsWhatItDeclares() {
        assertThat(resolver("llama").resolve("admin_key", "s3_bucket").keySet())
                .containsExactly("admin_key", "s3_bucket");
    }

    @Test
    void resolve_allowedNames_areHandedOver() {
        assertThat(resolver("whisper").resolve("s3_bucket", "hf_access_token"))
                .isEqualTo(Map.of("s3_bucket", "b", "hf_access_token", "hf"));
    }

    @Test
    void resolve_deniedName_namesModelAndSecretAndIsNotAskedFor() {
        assertThatThrownBy(() -> resolver("whisper").resolve("s3_bucket", "admin_key", "hf_access_token", "other"))
                .isInstanceOfSatisfying(
                        SecretAccessDeniedException.class,
                        e -> assertThat(e.names()).containsExactly("admin_key", "other"))
                .hasMessage("""
                        2 of 4 declared secrets have no value:
                          admin_key
                            access policy    denied: model whisper may not see it. Allow it in the access policy, or do not declare it
                          other
                            access policy    denied: model whisper may not see it. Allow it in the access policy, or do not declare it
                        Grant the right to read what is denied, or do not declare it.""")
                .hasNoCause();
        assertThat(provider.asked()).containsExactly(List.of("s3_bucket", "hf_access_token"));
    }

    @Test
    void resolve_deniedAndMissingNames_areListedTogether() {
        assertThatThrownBy(() -> resolver("llama").resolve("admin_key", "no_such_k"))
                .isInstanceOf(MissingSecretsException.class);
        assertThatThrownBy(() -> resolver("whisper").resolve("admin_key", "s3_bucket", "hf_access_token"))
                .isInstanceOf(SecretAccessDeniedException.class)
                .hasMessageStartingWith("1 of 3 declared secrets has no value:");
    }

    @Test
    void resolve_untrustedModel_getsNoHintOfWhatExists() {
        Throwable existing = catchThrowable(() -> resolver("unknown").resolve("admin_key"));
        Throwable other = catchThrowable(() -> resolver("unknown").resolve("no_such_k"));

        assertThat(existing)
                .isInstanceOf(SecretAccessDeniedException.class)
                .hasMessageContaining("access policy    denied: model unknown is not trusted with secrets."
                        + " Allow it in the access policy, or do not declare it");
        assertThat(other)
                .isInstanceOf(SecretAccessDeniedException.class)
                .hasMessage(existing.getMessage().replace("admin_key", "no_such_k"));
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void resolve_untrustedModelWithDefaultsOnly_getsNotEvenThose() {
        SecretDeclarations declarations =
                SecretDeclarations.builder().withDefault("region", "eu").build();

        assertThatThrownBy(() -> resolver("unknown").resolve(declarations))
                .isInstanceOf(SecretAccessDeniedException.class);
    }

    @Test
    void resolve_modelWithAnEmptyList_isDenied() {
        assertThatThrownBy(() -> resolver("empty").resolve("region"))
                .isInstanceOf(SecretAccessDeniedException.class)
                .hasMessageContaining("denied: model empty may not see it.");
    }

    @Test
    void resolve_nothingDeclared_isAllowedToEverybody() {
        assertThat(resolver("unknown").resolve()).isEmpty();
    }

    record Keys(String adminKey) {}

    @Test
    void resolve_record_isUnderThePolicy() {
        assertThat(resolver("llama").resolve(Keys.class).adminKey()).startsWith("SENTINEL");
        assertThatThrownBy(() -> resolver("whisper").resolve(Keys.class))
                .isInstanceOf(SecretAccessDeniedException.class);
    }

    @Test
    void resolve_policyButNoModel_isAMistakeInTheCode() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(provider)
                .accessPolicy(POLICY)
                .build();
        String message = "this resolver has an access policy: say which model asks, with forModel(..)";

        assertThatIllegalStateException()
                .isThrownBy(() -> resolver.resolve("region"))
                .withMessage(message);
        assertThatIllegalStateException().isThrownBy(() -> resolver.resolve()).withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> resolver.explain(SecretDeclarations.of("region")))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> resolver.refreshing(SecretDeclarations.of("region"), Duration.ZERO))
                .withMessage(message);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void resolve_modelButNoPolicy_isNotLimited() {
        assertThat(SecretsResolver.of(provider).forModel("anybody").resolve("admin_key"))
                .hasSize(1);
    }

    @Test
    void forModel_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> SecretsResolver.of(provider).forModel(null));
        assertThatNullPointerException()
                .isThrownBy(() -> SecretsResolver.builder().accessPolicy(null));
    }

    @Test
    void forModel_twoModelsOfOneResolver_areApart() {
        SecretsResolver llama = resolver("llama");
        SecretsResolver whisper = resolver("whisper");

        assertThat(llama.resolve("admin_key")).hasSize(1);
        assertThatThrownBy(() -> whisper.resolve("admin_key")).isInstanceOf(SecretAccessDeniedException.class);
    }

    @Test
    void forModel_viewOfAModel_cannotBeWidened() {
        SecretsResolver whisper = resolver("whisper");

        assertThatThrownBy(() -> whisper.forModel("llama"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is for the model whisper already");
    }

    @Test
    void explain_deniedName_saysSoAndAsksForTheOthersOnly() {
        ResolutionReport report = resolver("whisper").explain(SecretDeclarations.of("s3_bucket", "admin_key"));

        assertThat(report).hasToString("""
                SECRET     FROM    WHERE              ALSO IN
                s3_bucket  remote  /remote/s3_bucket
                admin_key  DENIED  access policy: denied: model whisper may not see it. Allow it in the access policy, or do not declare it
                """);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.entries().get(1).winner()).isEmpty();
        assertThat(provider.asked()).containsExactly(List.of("s3_bucket"));
    }

    @Test
    void explain_untrustedModel_asksNobody() {
        ResolutionReport report = resolver("unknown").explain(SecretDeclarations.of("admin_key", "no_such_k"));

        assertThat(report.entries())
                .extracting(ResolutionReport.Entry::status)
                .containsOnly(ResolutionReport.Status.DENIED);
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void refreshing_deniedName_isNotEvenWatched() {
        List<Set<String>> watched = new ArrayList<>();
        SecretProvider watching = new SecretProvider() {
            @Override
            public String name() {
                return "watching";
            }

            @Override
            public Map<String, Lookup> find(Set<String> names) {
                throw new AssertionError("asked for " + names);
            }

            @Override
            public Subscription watch(Set<String> names, Runnable changed) {
                watched.add(names);
                return () -> {};
            }
        };
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(watching)
                .accessPolicy(POLICY)
                .build()
                .forModel("unknown");

        assertThatThrownBy(() -> resolver.refreshing(SecretDeclarations.of("admin_key"), Duration.ZERO))
                .isInstanceOf(SecretAccessDeniedException.class);
        assertThat(watched).isEmpty();
    }
}
