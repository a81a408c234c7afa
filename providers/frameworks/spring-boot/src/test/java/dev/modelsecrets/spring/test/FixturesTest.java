package dev.modelsecrets.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secret;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.spring.Application;
import dev.modelsecrets.spring.EnableSecrets;
import dev.modelsecrets.testing.SecretFixture;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;

class FixturesTest {

    record HuggingFace(Secret hfToken) {}

    @EnableSecrets(HuggingFace.class)
    static class Models {}

    @Nested
    @SpringBootTest(
            classes = {Application.Base.class, Models.class},
            webEnvironment = WebEnvironment.NONE,
            properties = {"spring.config.import=secrets:", "model-secrets.names=hf_token"})
    @SecretFixture(name = "hf_token", value = "test-token")
    class SummarizerTest {

        @Autowired
        HuggingFace secrets;

        @Autowired
        RefreshingSecrets beans;

        @Value("${hf_token}")
        String property;

        @Test
        void fixture_ofTheClass_isWhatTheApplicationGets() {
            assertThat(secrets.hfToken().reveal()).isEqualTo("test-token");
            assertThat(property).isEqualTo("test-token");
        }

        @Test
        void fixture_ofTheKit_isTheSame(Secrets fixtures) {
            assertThat(beans.get()).isEqualTo(fixtures);
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.Base.class, Models.class},
            webEnvironment = WebEnvironment.NONE,
            properties = {"spring.config.import=secrets:", "model-secrets.names=hf_token"})
    @SecretFixture(name = "hf_token", value = "another-test-token")
    class OtherFixture {

        @Autowired
        HuggingFace secrets;

        @Test
        void fixture_ofAnotherClass_hasAnApplicationOfItsOwn() {
            assertThat(secrets.hfToken().reveal()).isEqualTo("another-test-token");
        }
    }

    @Nested
    @SpringBootTest(
            classes = {Application.Base.class, Models.class},
            webEnvironment = WebEnvironment.NONE,
            properties = {
                "spring.config.import=secrets:",
                "model-secrets.names=hf_token",
                "model-secrets.chain=mounted",
                "model-secrets.secrets-directory=/no/such/directory"
            })
    @SecretFixture(name = "hf_token", value = "test-token")
    class Dirty {

        @Autowired
        HuggingFace secrets;

        @Test
        @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
        void fixture_ofAnApplicationStartedAgainForAMethod_isTheSame() {
            assertThat(secrets.hfToken().reveal()).isEqualTo("test-token");
        }
    }

    @SecretFixture(name = "hf_token", value = "test-token-of-outer-class")
    @SecretFixture(name = "region", value = "eu")
    static class Outer {

        @SecretFixture(name = "hf_token", value = "test-token-of-inner-class")
        @SuppressWarnings("ClassCanBeStatic") // As an inner class of a test is not.
        class Inner {}
    }

    @Test
    void fixtures_ofAnInnerClass_winOverThoseOfItsOuterClass() {
        assertThat(ClassFixtures.values(Outer.Inner.class))
                .containsOnly(Map.entry("hf_token", "test-token-of-inner-class"), Map.entry("region", "eu"));
        assertThat(ClassFixtures.areOn(Outer.Inner.class)).isTrue();
        assertThat(ClassFixtures.areOn(FixturesTest.class)).isFalse();
    }
}
