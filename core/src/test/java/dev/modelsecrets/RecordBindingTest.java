package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records as the one place that names the secrets, and what they are filled with. */
class RecordBindingTest {

    private static final String SENTINEL = "SENTINEL-VALUE-0123456789";

    private static Secrets secrets(String... namesAndValues) {
        Map<String, String> values = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Secrets.of(values);
    }

    private static String nested(String name) {
        return RecordBindingTest.class.getName() + "$" + name;
    }

    // Names

    @ParameterizedTest
    @CsvSource({
        "token, token",
        "hfAccessToken, hf_access_token",
        "hfAPIKey, hf_api_key",
        "HTTPProxy, http_proxy",
        "apiKEY, api_key",
        "awsS3Key, aws_s3_key",
        "s3, s3",
        "key2, key2",
        "sha256Sum, sha256_sum",
        "oauth2ClientID, oauth2_client_id",
        "aB, a_b",
        "A, a",
        "ABC, abc",
        "hf_access_token, hf_access_token",
        "hf_Access_Token, hf_access_token",
        "_private, _private"
    })
    void snakeCase_componentName_isTheSecretsName(String component, String secret) {
        assertThat(RecordBinding.snakeCase(component)).isEqualTo(secret);
    }

    record HuggingFace(String hfAccessToken, String region) {}

    @Test
    void as_componentsInCamelCase_takeSecretsInSnakeCase() {
        assertThat(secrets("hf_access_token", "hf_123", "region", "eu").as(HuggingFace.class))
                .isEqualTo(new HuggingFace("hf_123", "eu"));
    }

    @Test
    void as_exactNameAndSnakeCase_takesTheExactName() {
        assertThat(secrets("hf_access_token", "snake", "hfAccessToken", "exact", "region", "eu")
                        .as(HuggingFace.class))
                .isEqualTo(new HuggingFace("exact", "eu"));
    }

    @Test
    void as_exactNameOnly_isTaken() {
        assertThat(secrets("hfAccessToken", "exact", "region", "eu").as(HuggingFace.class))
                .isEqualTo(new HuggingFace("exact", "eu"));
    }

    @Test
    void as_moreSecretsThanComponents_leavesThemOut() {
        assertThat(secrets("hf_access_token", "hf", "region", "eu", "other", "x")
                        .as(HuggingFace.class))
                .isEqualTo(new HuggingFace("hf", "eu"));
    }

    @Test
    void as_otherCase_isNotTaken() {
        assertThatThrownBy(
                        () -> secrets("HF_ACCESS_TOKEN", "hf", "region", "eu").as(HuggingFace.class))
                .isInstanceOf(MissingSecretsException.class);
    }

    record Named(
            @SecretName("hf-token.prod") String token,
            @SecretName("token") Optional<String> other) {}

    @Test
    void as_secretName_decides() {
        assertThat(secrets("hf-token.prod", "a", "token", "b").as(Named.class))
                .isEqualTo(new Named("a", Optional.of("b")));
        assertThatThrownBy(() -> secrets("token", "b").as(Named.class))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessage("Named needs secrets that are not among the resolved ones: hf-token.prod."
                        + " Declared are token. Declare them with SecretDeclarations.of(Named.class).");
    }

    @Test
    void as_nameThatDiffersInCaseOrPunctuation_isPointedOut() {
        assertThatThrownBy(() -> secrets("HF-ACCESS-TOKEN", "a", "region", "eu").as(HuggingFace.class))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessage("HuggingFace needs secrets that are not among the resolved ones: hf_access_token"
                        + " (HF-ACCESS-TOKEN is: @SecretName(\"HF-ACCESS-TOKEN\") takes it)."
                        + " Declared are HF-ACCESS-TOKEN, region."
                        + " Declare them with SecretDeclarations.of(HuggingFace.class).");
    }

    record BadlyNamed(@SecretName("../etc/passwd") String token) {}

    record Unnamed(@SecretName("") String token) {}

    @Test
    void of_secretNameThatIsNone_isRefused() {
        assertThatThrownBy(() -> SecretDeclarations.of(BadlyNamed.class))
                .isInstanceOf(InvalidSecretNameException.class)
                .hasMessageContaining("\"../etc/passwd\"");
        assertThatThrownBy(() -> SecretDeclarations.of(Unnamed.class)).isInstanceOf(InvalidSecretNameException.class);
        assertThatThrownBy(() -> secrets().as(BadlyNamed.class)).isInstanceOf(InvalidSecretNameException.class);
    }

    // Declarations

    record Everything(
            String apiKey,
            Optional<Integer> maxTokens,
            Database primaryDb,
            @SecretName("backup") Database second,
            @SecretName("") Flat flat) {}

    record Database(
            String userName,
            Optional<String> password,
            @SecretName("db_host") String host) {}

    record Flat(String flatKey) {}

    @Test
    void declarations_ofARecord_areItsComponentsInOrder() {
        SecretDeclarations declarations = SecretDeclarations.of(Everything.class);

        assertThat(declarations.names())
                .containsExactly(
                        "api_key",
                        "max_tokens",
                        "primary_db_user_name",
                        "primary_db_password",
                        "db_host",
                        "backup_user_name",
                        "backup_password",
                        "flat_key");
        assertThat(declarations.defaultValue("api_key")).isEmpty();
        assertThat(declarations.defaultValue("max_tokens")).contains("");
        assertThat(declarations.defaultValue("db_host")).isEmpty();
    }

    @Test
    void resolve_nestedRecords_areFilled() {
        SecretProvider provider = SecretProvider.of(
                "memory",
                Map.of(
                        "api_key", "k",
                        "max_tokens", "7",
                        "primary_db_user_name", "root",
                        "primary_db_password", "p",
                        "db_host", "h",
                        "backup_user_name", "bob",
                        "flat_key", "f"));

        assertThat(SecretsResolver.of(provider).resolve(Everything.class))
                .isEqualTo(new Everything(
                        "k",
                        Optional.of(7),
                        new Database("root", Optional.of("p"), "h"),
                        new Database("bob", Optional.empty(), "h"),
                        new Flat("f")));
    }

    @Test
    void as_nestedExactName_comesFirst() {
        record Outer(Database db) {}

        assertThat(secrets("db_userName", "exact", "db_user_name", "snake", "db_host", "h")
                        .as(Outer.class)
                        .db()
                        .userName())
                .isEqualTo("exact");
    }

    record Deep(Middle middle) {}

    record Middle(Inner inner, @SecretName("") Inner bare) {}

    record Inner(String key) {}

    @Test
    void declarations_recordInARecordInARecord_haveBothPrefixes() {
        assertThat(SecretDeclarations.of(Deep.class).names()).containsExactly("middle_inner_key", "key");
    }

    record Empty() {}

    @Test
    void resolve_recordWithoutComponents_asksNobody() {
        FakeProvider provider = new FakeProvider("remote").fails(new SecretProviderException("remote", "down"));

        assertThat(SecretsResolver.of(provider).resolve(Empty.class)).isEqualTo(new Empty());
        assertThat(SecretDeclarations.of(Empty.class).names()).isEmpty();
    }

    record Endless(String token, Optional<String> more, Endless again) {}

    record Ping(Pong pong) {}

    record Pong(Ping ping) {}

    @Test
    void of_recordThatContainsItself_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretDeclarations.of(Endless.class))
                .withMessage(nested("Endless") + " contains itself, so its secrets have no end");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets().as(Ping.class))
                .withMessage(nested("Ping") + " contains itself, so its secrets have no end");
    }

    record Twice(Inner first, Inner second) {}

    @Test
    void of_sameRecordTwiceSideBySide_isFine() {
        assertThat(SecretDeclarations.of(Twice.class).names()).containsExactly("first_key", "second_key");
    }

    record Shared(
            @SecretName("port") Optional<String> maybe,
            @SecretName("port") String text,
            @SecretName("port") int number) {}

    @Test
    void resolve_oneSecretForSeveralComponents_fillsThemAll() {
        SecretsResolver resolver = SecretsResolver.of(SecretProvider.of("memory", Map.of("port", "80")));

        assertThat(SecretDeclarations.of(Shared.class).names()).containsExactly("port");
        assertThat(resolver.resolve(Shared.class)).isEqualTo(new Shared(Optional.of("80"), "80", 80));
    }

    @Test
    void resolve_oneSecretForAnOptionalAndARequiredComponent_isRequired() {
        assertThat(SecretDeclarations.of(Shared.class).defaultValue("port")).isEmpty();
        assertThatThrownBy(() -> SecretsResolver.of(new FakeProvider("memory")).resolve(Shared.class))
                .isInstanceOfSatisfying(
                        MissingSecretsException.class,
                        e -> assertThat(e.names()).containsExactly("port"));
        assertThatThrownBy(() -> secrets().as(Shared.class))
                .isInstanceOfSatisfying(
                        MissingSecretsException.class,
                        e -> assertThat(e.names()).containsExactly("port"))
                .hasMessage("Shared needs secrets that are not among the resolved ones: port."
                        + " No secret is declared. Declare them with SecretDeclarations.of(Shared.class).");
    }

    // Missing

    @Test
    void resolve_severalMissing_listsThemAllAtOnce() {
        SecretsResolver resolver = SecretsResolver.of(new FakeProvider("memory").has("api_key", "k"));

        assertThatThrownBy(() -> resolver.resolve(Everything.class))
                .isInstanceOfSatisfying(
                        MissingSecretsException.class,
                        e -> assertThat(e.names())
                                .containsExactly("primary_db_user_name", "db_host", "backup_user_name", "flat_key"))
                .hasMessageStartingWith("4 of 8 declared secrets have no value:\n  primary_db_user_name\n");
    }

    @Test
    void as_severalMissing_listsThemAllAtOnce() {
        assertThatThrownBy(() -> secrets("api_key", SENTINEL, "flat_key", "f").as(Everything.class))
                .isInstanceOfSatisfying(
                        MissingSecretsException.class,
                        e -> assertThat(e.names())
                                .containsExactly("primary_db_user_name", "db_host", "backup_user_name"))
                .hasMessage("Everything needs secrets that are not among the resolved ones: primary_db_user_name,"
                        + " db_host, backup_user_name. Declared are api_key, flat_key."
                        + " Declare them with SecretDeclarations.of(Everything.class).");
    }

    // Optional

    record Maybe(Optional<String> token, Optional<byte[]> key, Optional<Secret> secret) {}

    @Test
    void resolve_optionalThatIsAbsent_isEmptyWithoutAWarning() {
        try (LogCapture log = new LogCapture()) {
            Maybe maybe = SecretsResolver.of(new FakeProvider("memory")).resolve(Maybe.class);

            assertThat(maybe).isEqualTo(new Maybe(Optional.empty(), Optional.empty(), Optional.empty()));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void resolve_optionalThatIsThere_isFilled() {
        FakeProvider provider =
                new FakeProvider("memory").has("token", "t").has("key", "AQI=").has("secret", "s");

        Maybe maybe = SecretsResolver.of(provider).resolve(Maybe.class);

        assertThat(maybe.token()).contains("t");
        assertThat(maybe.key().orElseThrow()).containsExactly(1, 2);
        assertThat(maybe.secret()).contains(Secret.of("s"));
    }

    @Test
    void resolve_optionalThatIsBlank_isEmpty() {
        assertThat(SecretsResolver.of(new FakeProvider("memory").has("token", " \n"))
                        .resolve(Maybe.class)
                        .token())
                .isEmpty();
        assertThat(secrets("token", " ").as(Maybe.class).token()).isEmpty();
        assertThat(secrets("token", "\u200B\u00A0").as(Maybe.class).token()).isEmpty();
    }

    @Test
    void resolve_optionalWhereDefaultsAreNotAllowed_mayStillBeAbsent() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(new FakeProvider("memory"))
                .allowDefaults(false)
                .build();

        assertThat(resolver.resolve(Maybe.class).token()).isEmpty();
        assertThat(resolver.explain(SecretDeclarations.of(Maybe.class)).isComplete())
                .isTrue();
    }

    @Test
    void resolve_requiredThatIsBlank_isMissing() {
        assertThatThrownBy(() -> SecretsResolver.of(new FakeProvider("memory").has("key", " "))
                        .resolve(Inner.class))
                .isInstanceOf(MissingSecretsException.class)
                .hasMessage("1 of 1 declared secret has no value:\n  key\n    memory    /memory/key is blank\n"
                        + "Set it in any of these places.");
    }

    @Test
    void as_requiredWithAnEmptyDefault_takesIt() {
        Secrets secrets = SecretsResolver.of(new FakeProvider("memory"))
                .resolve(SecretDeclarations.builder().withDefault("key", "").build());

        assertThat(secrets.as(Inner.class)).isEqualTo(new Inner(""));
    }

    record MaybeNumber(Optional<Integer> port) {}

    @Test
    void as_optionalThatDoesNotFit_isAnError() {
        assertThatThrownBy(() -> secrets("port", SENTINEL).as(MaybeNumber.class))
                .isInstanceOf(SecretsException.class)
                .hasMessage("secret port does not fit MaybeNumber.port: it must be a whole number (Integer)");
    }

    // Types that no secret can become

    record WithList(List<Integer> tokens) {}

    record WithObject(Object token) {}

    record WithChar(char token) {}

    record WithGeneric<T>(T token) {}

    record RawOptional(@SuppressWarnings("rawtypes") Optional token) {}

    record OptionalOfAnything(Optional<?> token) {}

    record OptionalOfNumbers(Optional<List<Integer>> token) {}

    record OptionalRecord(Optional<Inner> inner) {}

    record NestedBad(WithList inner) {}

    private static void assertUnsupported(Class<? extends Record> type, String component, String target) {
        String message = nested(component) + ": a secret cannot become " + target
                + "; take a String, Secret or char[], a number, a boolean, URI, Path, Duration, Instant, UUID, an enum,"
                + " byte[] (base64), List<String> (divided by commas), an Optional of one of them, or a record";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretDeclarations.of(type))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets("token", SENTINEL).as(type))
                .withMessage(message);
    }

    @Test
    void of_unsupportedType_saysWhichAreSupported() {
        assertUnsupported(WithList.class, "WithList.tokens", "java.util.List<java.lang.Integer>");
        assertUnsupported(WithObject.class, "WithObject.token", "java.lang.Object");
        assertUnsupported(WithChar.class, "WithChar.token", "char");
        assertUnsupported(WithGeneric.class, "WithGeneric.token", "T");
        assertUnsupported(OptionalOfNumbers.class, "OptionalOfNumbers.token", "java.util.List<java.lang.Integer>");
        assertUnsupported(OptionalRecord.class, "OptionalRecord.inner", nested("Inner"));
        assertUnsupported(NestedBad.class, "WithList.tokens", "java.util.List<java.lang.Integer>");
    }

    @Test
    void of_optionalOfSomethingUnclear_asksForItsType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretDeclarations.of(RawOptional.class))
                .withMessage(nested("RawOptional.token") + ": say what the Optional holds, as in Optional<String>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretDeclarations.of(OptionalOfAnything.class))
                .withMessage(
                        nested("OptionalOfAnything.token") + ": say what the Optional holds, as in Optional<String>");
    }

    @Test
    void resolve_unsupportedType_asksNobody() {
        FakeProvider provider = new FakeProvider("memory").has("tokens", "t");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SecretsResolver.of(provider).resolve(WithList.class));
        assertThat(provider.asked()).isEmpty();
    }

    // Records that cannot be made, or do not want to be

    private record Hidden(String token) {}

    @Test
    void as_privateRecord_isFilled() {
        assertThat(secrets("token", "t").as(Hidden.class).token()).isEqualTo("t");
    }

    @Test
    void as_localRecord_isFilled() {
        record Local(String token) {}

        assertThat(secrets("token", "t").as(Local.class)).isEqualTo(new Local("t"));
    }

    @Test
    void as_recordOfAPackageThatIsNotOpen_saysWhatToAdd(@TempDir Path directory) throws Exception {
        Class<? extends Record> type = compile(directory, "module closed {}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets("token", SENTINEL).as(type))
                .withMessage("Add to the module-info.java of closed: `opens model to dev.modelsecrets.core;`"
                        + " so that the record model.Keys can be constructed")
                .withNoCause();
    }

    @Test
    void as_recordOfAPackageOpenToTheLibrary_isFilled(@TempDir Path directory) throws Exception {
        Class<? extends Record> type = compile(directory, "module opened { opens model; }");

        assertThat(secrets("token", "t").as(type)).hasToString("Keys[token=t]");
    }

    /** Makes a module of one record that only its own package can see. */
    private static Class<? extends Record> compile(Path directory, String moduleInfo) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source/model")).resolve("Keys.java");
        Files.writeString(source, "package model; record Keys(String token) {}");
        Path module = Files.writeString(directory.resolve("source/module-info.java"), moduleInfo);
        Path classes = directory.resolve("classes");
        StringWriter output = new StringWriter();
        PrintWriter printer = new PrintWriter(output);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(printer, printer, "-d", classes.toString(), source.toString(), module.toString());
        assertThat(exit).as(output.toString()).isZero();
        ModuleLayer boot = ModuleLayer.boot();
        String name = moduleInfo.split(" ", -1)[1];
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of(name));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
                .findLoader(name)
                .loadClass("model.Keys")
                .asSubclass(Record.class);
    }

    record Checked(String token, int port) {

        Checked {
            if (port > 100) {
                throw new IllegalArgumentException(
                        "port " + port + " with " + token.substring(0, 9), new IOException(token));
            }
            if (port > 10) {
                throw new AssertionError(token);
            }
            if (port > 5) {
                throw new SecretBindingException("the port must be at most 5");
            }
        }
    }

    private static String withheld(String record, Class<? extends Throwable> thrown) {
        return "the constructor of " + nested(record) + " failed with " + thrown.getName()
                + " (its message is withheld, because it may quote a secret)";
    }

    @Test
    void as_recordThatQuotesAValue_isSilenced() {
        Throwable refusal =
                catchThrowable(() -> secrets("token", SENTINEL, "port", "0101").as(Checked.class));

        assertThat(refusal)
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("Checked", IllegalArgumentException.class))
                .hasNoCause()
                .hasNoSuppressedExceptions();
        assertThat(refusal.getStackTrace()[0].getClassName()).isEqualTo(nested("Checked"));
    }

    @Test
    void as_recordWithAFailedAssertion_isSilenced() {
        assertThatThrownBy(() -> secrets("token", SENTINEL, "port", "11").as(Checked.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("Checked", AssertionError.class));
    }

    @Test
    void as_recordThatThrowsAnExceptionOfOurs_isQuoted() {
        assertThatThrownBy(() -> secrets("token", SENTINEL, "port", "6").as(Checked.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage("the constructor of " + nested("Checked") + " failed: the port must be at most 5");
        assertThat(secrets("token", "t", "port", "5").as(Checked.class)).isEqualTo(new Checked("t", 5));
    }

    record Uninitialised(String token) {
        private static final int PORT = Integer.parseInt(SENTINEL);

        Uninitialised {
            assertThat(PORT).isPositive();
        }
    }

    @Test
    void as_staticInitialiserThatQuotesAValue_isSilencedEachTime() {
        assertThatThrownBy(() -> secrets("token", "t").as(Uninitialised.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("Uninitialised", ExceptionInInitializerError.class));
        assertThatThrownBy(() -> secrets("token", "t").as(Uninitialised.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("Uninitialised", NoClassDefFoundError.class));
    }

    record Broken(String token) {

        Broken {
            if (!token.isEmpty()) {
                throw new StackOverflowError();
            }
        }
    }

    @Test
    void as_recordThatBreaksTheVirtualMachine_letsItThrough() {
        assertThatThrownBy(() -> secrets("token", "t").as(Broken.class)).isInstanceOf(StackOverflowError.class);
    }

    private enum Uninitialisable {
        ONE;

        static {
            if (!SENTINEL.isEmpty()) {
                throw new IllegalStateException(SENTINEL);
            }
        }
    }

    record WithEnum(Uninitialisable level) {}

    @Test
    void as_enumWhoseInitialiserQuotesAValue_isSilencedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> secrets("level", "ONE").as(WithEnum.class))
                    .isExactlyInstanceOf(SecretBindingException.class)
                    .hasMessage("secret level does not fit WithEnum.level: it must be a constant of "
                            + Uninitialisable.class.getName() + ", which cannot be initialised")
                    .hasNoCause();
        }
    }

    @Test
    void as_nestedRecordThatRefuses_isNamed() {
        record Outer(@SecretName("") Checked checked) {}

        assertThatThrownBy(() -> secrets("token", SENTINEL, "port", "101").as(Outer.class))
                .hasMessage(withheld("Checked", IllegalArgumentException.class));
    }

    @Test
    void as_null_isRefused() {
        assertThatThrownBy(() -> secrets().as(null)).isInstanceOf(NullPointerException.class);
    }
}
