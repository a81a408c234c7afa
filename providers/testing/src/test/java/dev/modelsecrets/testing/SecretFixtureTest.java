package dev.modelsecrets.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SecretFixture(name = "hf_access_token", value = "token-of-the-class")
@SecretFixture(name = "s3_bucket", value = "bucket-of-the-class")
class SecretFixtureTest {

    public record HuggingFace(Secret hfAccessToken) {}

    public record Storage(String s3Bucket, Optional<String> s3Region, Secret s3AccessKey) {}

    public record Point(int x, int y) {}

    private final Secrets ofConstructor;
    private String ofBeforeEach = "";

    SecretFixtureTest(Secrets secrets) {
        ofConstructor = secrets;
    }

    @BeforeEach
    void prepare(HuggingFace huggingFace) {
        ofBeforeEach = huggingFace.hfAccessToken().reveal();
    }

    @Test
    void secrets_onClass_haveAllFixturesInOrder(Secrets secrets) {
        SecretsAssertions.assertThat(secrets)
                .hasNames("hf_access_token", "s3_bucket")
                .hasValue("hf_access_token", "token-of-the-class")
                .comesFrom("hf_access_token", "fixtures: @SecretFixture on SecretFixtureTest");
    }

    @Test
    @SecretFixture(name = "hf_access_token", value = "token-of-the-method")
    void secrets_onMethodToo_methodWins(Secrets secrets) {
        SecretsAssertions.assertThat(secrets)
                .hasNames("hf_access_token", "s3_bucket")
                .hasValue("hf_access_token", "token-of-the-method")
                .comesFrom(
                        "hf_access_token",
                        "fixtures: @SecretFixture on SecretFixtureTest.secrets_onMethodToo_methodWins()");
        assertThat(ofBeforeEach).isEqualTo("token-of-the-method");
        SecretsAssertions.assertThat(ofConstructor)
                .as("a constructor takes the fixtures of the class")
                .hasValue("hf_access_token", "token-of-the-class");
    }

    @Test
    @SecretFixture(name = "hf_access_token", value = "token-of-the-method")
    @SecretFixture(name = "s3_bucket", value = " ")
    void secrets_blankOnMethod_areAbsent(Secrets secrets, SecretsResolver resolver) {
        SecretsAssertions.assertThat(secrets).hasNames("hf_access_token");
        assertThat(resolver.explain(SecretDeclarations.of("s3_bucket")).toString())
                .contains("SecretFixtureTest.secrets_blankOnMethod_areAbsent() is blank");
    }

    @Test
    @SecretFixtures(file = "secrets.yaml")
    void secrets_fileOnMethod_textAsWritten(Secrets secrets) {
        SecretsAssertions.assertThat(secrets)
                .hasNames("hf_access_token", "s3_bucket", "build_number")
                .hasValue("hf_access_token", "test-token")
                .hasValue("build_number", "0123")
                .comesFrom("build_number", "fixtures: secrets.yaml secrets.build_number");
    }

    @Test
    @SecretFixtures(file = "beside.yaml")
    @SecretFixture(name = "s3_bucket", value = "bucket-of-the-method")
    void secrets_fileAndFixture_areTogether(Secrets secrets) {
        SecretsAssertions.assertThat(secrets)
                .hasValue("hf_access_token", "token-from-beside")
                .hasValue("s3_bucket", "bucket-of-the-method");
    }

    @Test
    void record_allFixturesThere_isFilled(HuggingFace huggingFace) {
        assertThat(huggingFace.hfAccessToken().reveal()).isEqualTo("token-of-the-class");
    }

    @Test
    void everything_inOneTest_sharesItsValues(
            RefreshingSecrets refreshing, RotatingSecrets rotating, SecretsResolver resolver, KubernetesVolume volume) {
        assertThat(refreshing.get().require("hf_access_token")).isEqualTo("token-of-the-class");
        rotating.rotate("hf_access_token", "token-after-rotation");
        assertThat(refreshing.get().require("hf_access_token")).isEqualTo("token-after-rotation");
        assertThat(resolver.resolve("hf_access_token").require("hf_access_token"))
                .isEqualTo("token-after-rotation");
        Secrets mounted = SecretsResolver.of(MountedSecretProvider.at(volume.directory()))
                .resolve("hf_access_token", "s3_bucket");
        SecretsAssertions.assertThat(mounted).hasValue("hf_access_token", "token-of-the-class");
    }

    @RepeatedTest(2)
    void rotation_inOneTest_isNotSeenByTheNext(RotatingSecrets rotating, RefreshingSecrets refreshing) {
        assertThat(refreshing.get().require("hf_access_token")).isEqualTo("token-of-the-class");
        rotating.rotate("hf_access_token", "token-after-rotation");
    }

    @ParameterizedTest
    @MethodSource("points")
    void record_thatIsAnArgument_isLeftAlone(Point point, HuggingFace huggingFace) {
        assertThat(point.y()).isEqualTo(2 * point.x());
        assertThat(huggingFace.hfAccessToken().reveal()).isEqualTo("token-of-the-class");
    }

    static Stream<Point> points() {
        return Stream.of(new Point(1, 2), new Point(2, 4));
    }

    @Nested
    @SecretFixture(name = "s3_bucket", value = "bucket-of-the-nested-class")
    class Inner {

        @Test
        void secrets_inNestedClass_inheritAndOverride(Secrets secrets) {
            SecretsAssertions.assertThat(secrets)
                    .hasValue("hf_access_token", "token-of-the-class")
                    .hasValue("s3_bucket", "bucket-of-the-nested-class");
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.METHOD})
    @SecretFixture(name = "composed", value = "value-of-composed")
    @interface Composed {}

    @Test
    @Composed
    void secrets_annotationOfOnesOwn_counts(Secrets secrets) {
        SecretsAssertions.assertThat(secrets).hasValue("composed", "value-of-composed");
    }

    @Test
    void tests_withoutClassFixtures_workByMethod() {
        TestRun.of(MethodOnly.class).passed(2);
    }

    static class MethodOnly {

        @Test
        @SecretFixture(name = "only", value = "value-of-only")
        void one(Secrets secrets) {
            SecretsAssertions.assertThat(secrets).hasNames("only");
        }

        @Test
        @SecretFixture(name = "first", value = "value-of-first")
        @SecretFixture(name = "second", value = "value-of-second")
        void two(Secrets secrets) {
            SecretsAssertions.assertThat(secrets).hasNames("first", "second");
        }
    }

    @Test
    void tests_ofSubclass_inheritFixtures() {
        TestRun.of(Sub.class).passed(1);
    }

    @SecretFixture(name = "base", value = "value-of-base")
    abstract static class Base {}

    static class Sub extends Base {

        @Test
        void inherits(Secrets secrets) {
            SecretsAssertions.assertThat(secrets).hasNames("base");
        }
    }

    @Test
    void record_fixtureMissing_failsWithResolversMessage() {
        assertThat(TestRun.of(MissesOne.class).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getCause() == null ? failure : failure.getCause())
                        .isInstanceOf(MissingSecretsException.class)
                        .hasMessage("""
                                1 of 3 declared secrets has no value:
                                  s3_access_key
                                    fixtures    have no such secret; they have s3_bucket
                                Set it in any of these places, for example: \
                                @SecretFixture(name = "s3_access_key", value = "...")"""));
    }

    static class MissesOne {

        @Test
        @SecretFixture(name = "s3_bucket", value = "value-of-the-bucket")
        void takesRecord(Storage storage) {}
    }

    @Test
    void fixtures_sameNameTwice_isClearError() {
        TestRun run = TestRun.of(Twice.class);
        assertThat(run.failure())
                .isEqualTo("on Twice.doubled(): the fixture hf_access_token is given twice: remove one");
        assertThat(run.failures().get(0)).isInstanceOf(ExtensionConfigurationException.class);
    }

    static class Twice {

        @Test
        @SecretFixture(name = "hf_access_token", value = "same-value")
        @SecretFixture(name = "hf_access_token", value = "same-value")
        void doubled() {}
    }

    @Test
    void fixtures_sameNameTwiceOnClass_failsTheClass() {
        assertThat(TestRun.of(TwiceOnClass.class).failure())
                .isEqualTo("on TwiceOnClass: the fixture hf_access_token is given twice: remove one");
    }

    @SecretFixture(name = "hf_access_token", value = "value-one")
    @SecretFixture(name = "hf_access_token", value = "value-two")
    static class TwiceOnClass {

        @Test
        void test() {}
    }

    @Test
    void fixtures_unknownFile_isClearError() {
        assertThat(TestRun.of(UnknownFile.class).failure())
                .isEqualTo("on UnknownFile: the fixture file nowhere.yaml is not on the class path:"
                        + " looked for dev/modelsecrets/testing/nowhere.yaml and nowhere.yaml."
                        + " Put it into src/test/resources.");
    }

    @SecretFixtures(file = "nowhere.yaml")
    static class UnknownFile {

        @Test
        void test() {}
    }

    @Test
    void fixtures_brokenFile_saysLineAndNoValue() {
        assertThat(TestRun.of(BrokenFile.class).failure())
                .isEqualTo("on BrokenFile: the fixture file broken.yaml is not valid YAML at line 3, column 1:"
                        + " a quote is not closed");
    }

    @SecretFixtures(file = "broken.yaml")
    static class BrokenFile {

        @Test
        void test() {}
    }

    @Test
    void fixtures_fileWithoutSecrets_isClearError() {
        assertThat(TestRun.of(NoSecrets.class).failure())
                .isEqualTo("on NoSecrets: the fixture file no-secrets.yaml has no `secrets:` map with names in it");
    }

    @SecretFixtures(file = "no-secrets.yaml")
    static class NoSecrets {

        @Test
        void test() {}
    }

    @Test
    void fixtures_badName_isClearError() {
        assertThat(TestRun.of(BadName.class).failure())
                .startsWith("on BadName.test(): ")
                .contains("../x")
                .doesNotContain("value-of-x");
    }

    static class BadName {

        @Test
        @SecretFixture(name = "../x", value = "value-of-x")
        void test() {}
    }

    @Test
    void fixtures_onHelperMethod_failsTheClass() {
        assertThat(TestRun.of(OnHelper.class).failure())
                .isEqualTo("a secret fixture is on OnHelper.helper(), which is no test:"
                        + " put it on a test method or on the class");
    }

    @SecretFixture(name = "hf_access_token", value = "value-of-token")
    static class OnHelper {

        @Test
        void test() {
            helper();
        }

        @SecretFixture(name = "s3_bucket", value = "value-of-bucket")
        void helper() {}
    }

    @Test
    void fixtures_onLifecycleMethod_failsTheTest() {
        assertThat(TestRun.of(OnLifecycle.class).failure())
                .isEqualTo("a secret fixture is on OnLifecycle.prepare(), which is no test:"
                        + " put it on a test method or on the class");
    }

    static class OnLifecycle {

        @BeforeEach
        @SecretFixture(name = "s3_bucket", value = "value-of-bucket")
        void prepare() {}

        @Test
        @SecretFixture(name = "hf_access_token", value = "value-of-token")
        void test() {}
    }
}
