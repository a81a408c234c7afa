package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.MissingSecretsException;
import dev.modelsecrets.Secret;
import dev.modelsecrets.SecretBindingException;
import dev.modelsecrets.Secrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ModelFactoryTest {

    private static final Secrets SECRETS = TestSecrets.of("hf_access_token", "hf-value-1", "port", "8080");

    private static final String HERE = ModelFactoryTest.class.getName() + "$";

    /** Secrets that a model names. */
    public record HuggingFace(Secret hfAccessToken, int port) {}

    /** Secrets that are not all resolved. */
    public record Database(String dbPassword, Optional<String> dbUser) {}

    /** A configuration that secrets cannot become. */
    public record Settings(List<Integer> stopWords) {}

    /** Something a framework hands to models. */
    public interface Config {}

    public static class BasicConfig implements Config {}

    public static final class LargeConfig extends BasicConfig {}

    public static final class TakesSecrets {
        final Secrets secrets;

        public TakesSecrets(Secrets secrets) {
            this.secrets = secrets;
        }
    }

    public static final class TakesMap {
        final Map<String, String> secrets;

        public TakesMap(Map<String, String> secrets) {
            this.secrets = secrets;
        }
    }

    public static final class TakesRawMap {
        final Map<?, ?> secrets;

        @SuppressWarnings("rawtypes")
        public TakesRawMap(Map secrets) {
            this.secrets = secrets;
        }
    }

    public static final class TakesMapAndConfiguration {
        final Map<String, String> secrets;
        final Map<String, Object> configuration;

        public TakesMapAndConfiguration(Map<String, Object> configuration, Map<String, String> secrets) {
            this.configuration = configuration;
            this.secrets = secrets;
        }
    }

    public static final class TakesSortedMap {
        public TakesSortedMap(SortedMap<String, String> secrets) {}
    }

    public static final class TakesWildcardMap {
        public TakesWildcardMap(Map<String, ?> secrets) {}
    }

    public static final class TakesNothing {
        public TakesNothing() {}
    }

    public record TakesRecord(HuggingFace huggingFace) {}

    public record TakesEverything(Secrets secrets, HuggingFace huggingFace, Config config, Path directory) {}

    public static final class TakesUnboundRecord {
        public TakesUnboundRecord(Database database) {}
    }

    public static final class TakesSettings {
        public TakesSettings(Secrets secrets, Settings settings) {}
    }

    public static final class TakesString {
        public TakesString(String token) {}

        public TakesString(Secrets secrets, int port) {}

        public TakesString(Secrets secrets, boolean fast, Integer port) {}
    }

    public static final class Several {
        final String called;

        public Several() {
            called = "()";
        }

        public Several(Secrets secrets) {
            called = "(Secrets)";
        }

        public Several(Secrets secrets, Config config) {
            called = "(Secrets, Config)";
        }

        public Several(Secrets secrets, Config config, Path directory) {
            called = "(Secrets, Config, Path)";
        }

        Several(Secrets secrets, Config config, Path directory, Object more) {
            called = "not public";
        }
    }

    public static final class Tie {
        public Tie(Map<String, String> secrets) {}

        public Tie(Secrets secrets) {}

        public Tie() {}
    }

    public static final class OptionalDirectory {
        public OptionalDirectory(Secrets secrets) {}

        public OptionalDirectory(Secrets secrets, Path directory) {}
    }

    public static final class Talkative {
        public Talkative(Secrets secrets) {
            throw new IllegalStateException(
                    "cannot log in with " + secrets.require("hf_access_token") + " on " + secrets.require("port"),
                    new IllegalArgumentException(secrets.require("hf_access_token")));
        }
    }

    public static final class FailsChecked {
        public FailsChecked() throws Exception {
            throw new Exception("checked");
        }
    }

    public static final class AsksForAnother {
        public AsksForAnother(Secrets secrets) {
            secrets.require("other");
        }
    }

    public static final class FailsWithAnError {
        public FailsWithAnError(Secrets secrets) {
            throw new AssertionError(secrets.require("hf_access_token").substring(2));
        }
    }

    public static final class ParsesASecret {
        public ParsesASecret(Secrets secrets) {
            Integer unused = Integer.valueOf(secrets.require("hf_access_token"));
        }
    }

    /** A model that reads secrets before it is constructed. */
    static final class FailsToInitialise {
        static final AtomicReference<Secrets> secrets = new AtomicReference<>();

        public static final class Model {
            private static final int PORT = Integer.parseInt(secrets.get().require("hf_access_token"));

            public Model() {
                throw new IllegalStateException("port " + PORT);
            }
        }
    }

    public static final class Overflows {
        public Overflows() {
            throw new StackOverflowError();
        }
    }

    public abstract static class AbstractModel {
        public AbstractModel() {}
    }

    public static final class NoPublicConstructor {
        NoPublicConstructor(Secrets secrets) {}
    }

    static final class NotPublicItself {
        public NotPublicItself(Secrets secrets) {}
    }

    @Test
    void create_secrets_areHandedOver() {
        assertThat(ModelFactory.of(SECRETS).create(TakesSecrets.class).secrets).isSameAs(SECRETS);
    }

    @Test
    void create_mapOfStrings_isTheSecrets() {
        assertThat(ModelFactory.of(SECRETS).create(TakesMap.class).secrets).isSameAs(SECRETS);
        assertThat(ModelFactory.of(SECRETS).create(TakesRawMap.class).secrets).isSameAs(SECRETS);
    }

    @Test
    void create_anotherMap_isAContextObject() {
        Map<String, Object> configuration = Map.of("model_name", "demo");

        TakesMapAndConfiguration model = ModelFactory.of(SECRETS, configuration).create(TakesMapAndConfiguration.class);

        assertThat(model.secrets).isSameAs(SECRETS);
        assertThat(model.configuration).isSameAs(configuration);
    }

    @Test
    void create_anotherMapAndNoContext_isRefused() {
        ModelFactory factory = ModelFactory.of(SECRETS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(TakesWildcardMap.class))
                .withMessage(HERE + "TakesWildcardMap has no public constructor that can be filled:\n"
                        + "  TakesWildcardMap(Map): no context object is a java.util.Map\n"
                        + "Given are the secrets and no context objects.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(TakesSortedMap.class))
                .withMessageContaining("  TakesSortedMap(SortedMap): no context object is a java.util.SortedMap\n");
    }

    @Test
    void create_nothingAskedFor_isFine() {
        assertThat(ModelFactory.of(SECRETS, "context").create(TakesNothing.class))
                .isNotNull();
    }

    @Test
    void create_record_isFilledFromTheSecrets() {
        TakesRecord model = ModelFactory.of(SECRETS).create(TakesRecord.class);

        assertThat(model.huggingFace().hfAccessToken().reveal()).isEqualTo("hf-value-1");
        assertThat(model.huggingFace().port()).isEqualTo(8080);
    }

    @Test
    void create_recordGivenAsContext_isThatOne() {
        HuggingFace given = new HuggingFace(Secret.of("given"), 1);

        assertThat(ModelFactory.of(SECRETS, given).create(TakesRecord.class).huggingFace())
                .isSameAs(given);
    }

    @Test
    void create_everyKindOfParameter_isFilled() {
        Config config = new LargeConfig();
        Path directory = Path.of("data");

        TakesEverything model =
                ModelFactory.of(SECRETS, directory, "unused", config).create(TakesEverything.class);

        assertThat(model.secrets()).isSameAs(SECRETS);
        assertThat(model.huggingFace().port()).isEqualTo(8080);
        assertThat(model.config()).isSameAs(config);
        assertThat(model.directory()).isSameAs(directory);
    }

    @Test
    void create_severalConstructors_callsTheLongestThatCanBeFilled() {
        assertThat(ModelFactory.of(SECRETS).create(Several.class).called).isEqualTo("(Secrets)");
        assertThat(ModelFactory.of(SECRETS, new BasicConfig()).create(Several.class).called)
                .isEqualTo("(Secrets, Config)");
        assertThat(ModelFactory.of(SECRETS, Path.of("data")).create(Several.class).called)
                .isEqualTo("(Secrets)");
        assertThat(ModelFactory.of(SECRETS, Path.of("data"), new BasicConfig()).create(Several.class).called)
                .isEqualTo("(Secrets, Config, Path)");
    }

    @Test
    void create_twoOfTheSameLength_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(Tie.class))
                .withMessage("it is not clear which public constructor of " + HERE + "Tie to call:\n"
                        + "  Tie(Map): can be filled\n"
                        + "  Tie(Secrets): can be filled\n"
                        + "  Tie(): can be filled\n"
                        + "Given are the secrets and no context objects.");
    }

    @Test
    void create_twoContextObjectsForOneParameter_isRefused() {
        ModelFactory factory = ModelFactory.of(SECRETS, new BasicConfig(), new LargeConfig(), Path.of("data"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(Several.class))
                .withMessage("it is not clear which public constructor of " + HERE + "Several to call:\n"
                        + "  Several(Secrets, Config, Path): 2 context objects fit " + HERE + "Config\n"
                        + "  Several(Secrets, Config): 2 context objects fit " + HERE + "Config\n"
                        + "  Several(Secrets): can be filled\n"
                        + "  Several(): can be filled\n"
                        + "Given are the secrets and context objects of: " + HERE + "BasicConfig, " + HERE
                        + "LargeConfig, "
                        + Path.of("data").getClass().getName() + ".");
    }

    @Test
    void create_twoContextObjectsForTheLongerConstructor_isNotHidByTheShorterOne() {
        ModelFactory factory = ModelFactory.of(SECRETS, Path.of("data"), Path.of("models"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(OptionalDirectory.class))
                .withMessageContaining(
                        "  OptionalDirectory(Secrets, Path): 2 context objects fit java.nio.file.Path\n");
    }

    @Test
    void create_twoContextObjectsForAConstructorThatIsOutAnyway_doNotMatter() {
        ModelFactory factory = ModelFactory.of(SECRETS, Path.of("data"), Path.of("models"));

        assertThat(factory.create(Several.class).called).isEqualTo("(Secrets)");
    }

    @Test
    void create_stringOrPrimitive_isNeverFilled() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFactory.of(SECRETS, "a string", 1, true).create(TakesString.class))
                .withMessage(HERE + "TakesString has no public constructor that can be filled:\n"
                        + "  TakesString(Secrets, boolean, Integer):"
                        + " boolean is never filled: take a record that names its secrets\n"
                        + "  TakesString(Secrets, int): int is never filled: take a record that names its secrets\n"
                        + "  TakesString(String): String is never filled: take a record that names its secrets\n"
                        + "Given are the secrets and context objects of:"
                        + " java.lang.String, java.lang.Integer, java.lang.Boolean.");
    }

    @Test
    void create_recordWhoseSecretIsMissing_isRefused() {
        assertThatExceptionOfType(MissingSecretsException.class)
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(TakesUnboundRecord.class))
                .satisfies(e -> assertThat(e.names()).containsExactly("db_password"));
    }

    @Test
    void create_recordThatSecretsCannotBecome_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(TakesSettings.class))
                .withMessageStartingWith(HERE + "TakesSettings has no public constructor that can be filled:\n"
                        + "  TakesSettings(Secrets, Settings): no context object is a " + HERE
                        + "Settings, nor can secrets become one (" + HERE + "Settings.stopWords: ");
    }

    @Test
    void create_recordThatSecretsCannotBecome_mayBeAContextObject() {
        assertThat(ModelFactory.of(SECRETS, new Settings(List.of())).create(TakesSettings.class))
                .isNotNull();
    }

    private static String withheld(String model, Class<? extends Throwable> thrown) {
        return "the constructor of " + HERE + model + " failed with " + thrown.getName()
                + " (its message is withheld, because it may quote a secret)";
    }

    @Test
    void create_constructorThatThrows_losesItsWordsAndTheCause() {
        Throwable failure = catchThrowable(() -> ModelFactory.of(SECRETS).create(Talkative.class));

        assertThat(failure)
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("Talkative", IllegalStateException.class))
                .hasNoCause()
                .hasNoSuppressedExceptions();
        assertThat(failure.getStackTrace()[0].getClassName()).isEqualTo(HERE + "Talkative");
    }

    @Test
    void create_constructorThatThrowsACheckedException_becomesOurs() {
        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(FailsChecked.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("FailsChecked", Exception.class));
    }

    @Test
    void create_constructorThatThrowsAnError_becomesOurs() {
        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(FailsWithAnError.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("FailsWithAnError", AssertionError.class));
    }

    @Test
    void create_constructorThatParsesASecret_losesTheQuote() {
        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(ParsesASecret.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("ParsesASecret", NumberFormatException.class));
    }

    @Test
    void create_staticInitialiserThatQuotesASecret_losesTheQuoteEachTime() {
        FailsToInitialise.secrets.set(SECRETS);

        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(FailsToInitialise.Model.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("FailsToInitialise$Model", ExceptionInInitializerError.class))
                .hasNoCause();
        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(FailsToInitialise.Model.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessage(withheld("FailsToInitialise$Model", NoClassDefFoundError.class))
                .hasNoCause();
    }

    @Test
    void create_constructorThatBreaksTheVirtualMachine_letsItThrough() {
        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(Overflows.class))
                .isExactlyInstanceOf(StackOverflowError.class);
    }

    @Test
    void create_constructorThatAsksForAnotherSecret_saysWhich() {
        assertThatThrownBy(() -> ModelFactory.of(SECRETS).create(AsksForAnother.class))
                .isExactlyInstanceOf(SecretBindingException.class)
                .hasMessageStartingWith("the constructor of " + HERE + "AsksForAnother failed: secret \"other\""
                        + " is not among the resolved secrets. Declared are hf_access_token, port.");
    }

    @Test
    void create_interfaceOrAbstractClass_isRefused() {
        ModelFactory factory = ModelFactory.of(SECRETS, new BasicConfig());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(Config.class))
                .withMessage(HERE + "Config is an interface; give a class that implements it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(AbstractModel.class))
                .withMessage(HERE + "AbstractModel is abstract; give a class that extends it");
    }

    @Test
    void create_noClassAtAll_isRefused() {
        ModelFactory factory = ModelFactory.of(SECRETS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(int.class))
                .withMessage("int is not a class that can be made");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> factory.create(String[].class))
                .withMessage("java.lang.String[] is not a class that can be made");
    }

    @Test
    void create_noPublicConstructor_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(NoPublicConstructor.class))
                .withMessage(HERE + "NoPublicConstructor has no public constructor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(ArgumentExpansion.class))
                .withMessage("dev.modelsecrets.inject.ArgumentExpansion has no public constructor");
    }

    @Test
    void create_classThatIsNotPublicInAnOpenPackage_isFine() {
        assertThat(ModelFactory.of(SECRETS).create(NotPublicItself.class)).isNotNull();
    }

    @Test
    void create_packageThatIsNotOpen_saysWhatToAdd() throws Exception {
        Class<?> inaccessible = Class.forName("sun.security.provider.MD5");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(inaccessible))
                .withMessage("Add to the module-info.java of java.base: `opens sun.security.provider to"
                        + " dev.modelsecrets.inject;` so that sun.security.provider.MD5 can be constructed");
    }

    @Test
    void of_null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> ModelFactory.of(null));
        assertThatNullPointerException().isThrownBy(() -> ModelFactory.of(SECRETS, "a", null));
        assertThatNullPointerException()
                .isThrownBy(() -> ModelFactory.of(SECRETS).create(null));
    }

    @Test
    void toString_factory_showsNamesAndTypes() {
        assertThat(ModelFactory.of(SECRETS, new BasicConfig(), "hf-value-1"))
                .hasToString("ModelFactory[Secrets[hf_access_token, port], context=[" + HERE
                        + "BasicConfig, java.lang.String]]");
    }
}
