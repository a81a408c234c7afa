package dev.modelsecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Puts a value that is easy to recognise through every public type and every exception of this module, and looks for
 * pieces of it in everything that comes out other than by an accessor of the value itself.
 */
class NothingLeaksTest {

    private static final String SENTINEL = "SENTINEL-VALUE-0123456789";
    private static final int PIECE = 6;

    @TempDir
    static Path directory;

    /** The methods whose business it is to return a value, and numbers. */
    private static final Set<String> NOT_CALLED = Set.of("Lookup.value", "Secret.reveal", "hashCode");

    private static final List<ObjectMapper> MAPPERS = List.of(
            JsonMapper.builder()
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .build(),
            JsonMapper.builder()
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .build());

    private static final SecretDeclarations DECLARATIONS = SecretDeclarations.builder()
            .required("token")
            .withDefault("region", SENTINEL)
            .build();

    /** Samples of every public type; each one has seen the sentinel if it can. */
    private static Map<Class<?>, List<?>> samples() {
        ResolutionReport report = report();
        List<ResolutionReport.Verdict> verdicts = report.entries().stream()
                .flatMap(entry -> entry.verdicts().stream())
                .toList();

        Map<Class<?>, List<?>> samples = new LinkedHashMap<>();
        samples.put(ConflictPolicy.class, List.of(ConflictPolicy.values()));
        samples.put(
                InvalidSecretNameException.class,
                List.of(
                        new InvalidSecretNameException("a/b"),
                        InvalidSecretNameException.at("config.yaml, line 3, column 5")));
        samples.put(Lookup.class, List.of(Lookup.found(SENTINEL, "/secrets/token"), Lookup.absent("is not set")));
        samples.put(MissingSecretsException.class, missing());
        samples.put(ResolutionReport.class, List.of(report));
        samples.put(ResolutionReport.Answer.class, List.of(ResolutionReport.Answer.values()));
        samples.put(ResolutionReport.Entry.class, report.entries());
        samples.put(ResolutionReport.Status.class, List.of(ResolutionReport.Status.values()));
        samples.put(ResolutionReport.Verdict.class, verdicts);
        samples.put(
                SecretAccessDeniedException.class,
                List.of(new SecretAccessDeniedException("token", "role x may not read kv/token")));
        samples.put(SecretConflictException.class, List.of(conflict()));
        samples.put(SecretDeclarations.class, List.of(DECLARATIONS, SecretDeclarations.of(Map.of("region", SENTINEL))));
        samples.put(
                SecretDeclarations.Builder.class,
                List.of(SecretDeclarations.builder().withDefault("region", SENTINEL)));
        samples.put(SecretProvider.class, providers());
        samples.put(SecretProviderException.class, failures());
        samples.put(Secrets.class, List.of(secrets(), Secrets.of(Map.of("token", SENTINEL))));
        samples.put(SecretsException.class, List.of(new MissingSecretsException(List.of("token"), "words")));
        samples.put(SecretsResolver.class, List.of(resolver()));
        samples.put(
                SecretsResolver.Builder.class,
                List.of(SecretsResolver.builder().providers(providers()).allowDefaults(true)));
        samples.put(
                AccessPolicy.class,
                List.of(AccessPolicy.builder().allow("model", "token").build()));
        samples.put(AccessPolicy.Builder.class, List.of(AccessPolicy.builder().trust("model")));
        samples.put(Redactor.class, List.of(secrets().redactor()));
        samples.put(Redactor.Finding.class, secrets().redactor().find("it is " + SENTINEL));
        try (RefreshingSecrets refreshing = resolver().refreshing(DECLARATIONS, Duration.ZERO)) {
            samples.put(RefreshingSecrets.class, List.of(refreshing));
        }
        samples.put(
                RefreshingSecrets.Change.class,
                List.of(new RefreshingSecrets.Change(Set.of("token"), Set.of("region"), Set.of())));
        samples.put(Secret.class, List.of(Secret.of(SENTINEL)));
        samples.put(
                SecretBindingException.class,
                List.of(SecretBindingException.thrownBy(Named.class, new IllegalStateException(SENTINEL))));
        samples.put(DelegatingSecretProvider.class, List.of(new DelegatingSecretProvider(holder()) {}));
        samples.put(Subscription.class, List.of(Subscription.none(), holder().watch(Set.of("token"), () -> {})));
        addEvents(samples);
        samples.put(SecretName.class, List.of(Named.class.getRecordComponents()[0].getAnnotation(SecretName.class)));
        return samples;
    }

    private static void addEvents(Map<Class<?>, List<?>> samples) {
        List<ResolutionEvent> events = new ArrayList<>();
        SecretsResolver.builder()
                .provider(holder())
                .listener(events::add)
                .build()
                .resolve(DECLARATIONS);
        samples.put(ResolutionEvent.class, events);
        samples.put(ResolutionEvent.ProviderCall.class, events.get(0).calls());
        samples.put(ResolutionEvent.Kind.class, List.of(ResolutionEvent.Kind.values()));
        samples.put(ResolutionEvent.Outcome.class, List.of(ResolutionEvent.Outcome.values()));
    }

    private record Named(@SecretName("token") String value) {}

    private static SecretProvider holder() {
        return SecretProvider.of("memory", Map.of("token", SENTINEL));
    }

    private static List<SecretProvider> providers() {
        return List.of(
                holder(),
                SecretProvider.of("function", name -> Lookup.found(SENTINEL, "/function/" + name)),
                SecretProvider.optional(holder()),
                cached());
    }

    private static SecretProvider cached() {
        SecretProvider cached = SecretProvider.cached(holder(), Duration.ofHours(1));
        cached.find(Set.of("token"));
        return cached;
    }

    private static SecretsResolver resolver() {
        return SecretsResolver.builder()
                .provider(holder())
                .provider(SecretProvider.of("other", Map.of("token", SENTINEL + "-OTHER")))
                .conflicts(ConflictPolicy.WARN)
                .build();
    }

    private static Secrets secrets() {
        return resolver().resolve(DECLARATIONS);
    }

    private static ResolutionReport report() {
        SecretsResolver.Builder builder = SecretsResolver.builder()
                .provider(holder())
                .provider(SecretProvider.of("other", Map.of("token", SENTINEL + "-OTHER", "more", SENTINEL)));
        for (Exception talkative : talkative()) {
            builder.provider(thrower(talkative)).provider(SecretProvider.optional(thrower(talkative)));
        }
        return builder.build()
                .explain(SecretDeclarations.builder()
                        .required("token")
                        .required("more")
                        .required("missing")
                        .withDefault("region", SENTINEL)
                        .build());
    }

    private static List<Throwable> missing() {
        SecretsResolver strict = SecretsResolver.builder()
                .provider(SecretProvider.of("memory", Map.of("more", SENTINEL)))
                .provider(SecretProvider.optional(thrower(talkative().get(0))))
                .allowDefaults(false)
                .build();
        Secrets secrets = secrets();
        return List.of(
                catchThrowable(() -> strict.resolve(DECLARATIONS)),
                catchThrowable(() -> strict.resolve("more", "token")),
                catchThrowable(() -> secrets.require("other")),
                catchThrowable(() -> secrets.source("other")));
    }

    private static Throwable conflict() {
        SecretsResolver resolver = SecretsResolver.builder()
                .provider(holder())
                .provider(SecretProvider.of("other", Map.of("token", SENTINEL + "-OTHER")))
                .conflicts(ConflictPolicy.FAIL)
                .build();
        return catchThrowable(() -> resolver.resolve("token"));
    }

    private static List<Throwable> failures() {
        List<Throwable> failures = new ArrayList<>();
        for (Exception talkative : talkative()) {
            failures.add(
                    catchThrowable(() -> SecretsResolver.of(thrower(talkative)).resolve(DECLARATIONS)));
        }
        failures.add(new SecretProviderException("vault", "sealed"));
        failures.add(new SecretProviderException("vault", List.of("token"), "kv/token: not a string"));
        return failures;
    }

    /** Exceptions as parsers and clients throw them: with the text they choked on. */
    private static List<Exception> talkative() {
        Exception message = new IllegalStateException("Unrecognized token '" + SENTINEL + "'");
        Exception cause = new IllegalArgumentException("failed", new IOException(SENTINEL));
        Exception suppressed = new UnsupportedOperationException("failed");
        suppressed.addSuppressed(new IOException(SENTINEL));
        Exception checked = new IOException(SENTINEL, message);
        return List.of(message, cause, suppressed, checked, new Talkative());
    }

    private static final class Talkative extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return SENTINEL;
        }

        @Override
        public String getLocalizedMessage() {
            return SENTINEL;
        }

        @Override
        public String toString() {
            return SENTINEL;
        }
    }

    private static SecretProvider thrower(Exception exception) {
        return SecretProvider.of("talkative", name -> sneakyThrow(exception));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, E extends Throwable> T sneakyThrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    static List<Class<?>> publicTypes() {
        return ModuleTypes.published();
    }

    @ParameterizedTest
    @MethodSource("publicTypes")
    void publicType_withTheSentinel_showsNoPieceOfIt(Class<?> type) {
        List<?> samples = samples().get(type);
        if (samples == null) {
            throw new AssertionError(
                    type.getName() + " is a new public type: add samples of it to NothingLeaksTest.samples()");
        }
        assertThat(samples).isNotEmpty().allSatisfy(sample -> assertThat(sample).isInstanceOf(type));

        Output output = new Output();
        samples.forEach(output::collect);

        assertThat(output.texts).isNotEmpty();
        assertNoPiece(output.texts);
    }

    @Test
    void samples_all_areOfPublicTypes() {
        assertThat(samples().keySet()).containsExactlyInAnyOrderElementsOf(ModuleTypes.published());
    }

    @Test
    void log_everythingThatWarns_showsNoPieceOfTheSentinel() {
        try (LogCapture log = new LogCapture()) {
            secrets();
            report();
            missing();
            conflict();
            SecretsResolver.builder()
                    .provider(holder())
                    .provider(thrower(talkative().get(0)))
                    .conflicts(ConflictPolicy.WARN)
                    .build()
                    .resolve("token");

            assertThat(log.lines())
                    .anyMatch(line -> line.contains("has different values"))
                    .anyMatch(line -> line.contains("the default of its declaration is used"))
                    .anyMatch(line -> line.contains("The optional provider talkative failed"))
                    .anyMatch(line -> line.contains("Conflicts cannot be looked for"));
            assertNoPiece(log.lines());
        }
    }

    @Test
    void refusals_argumentsWithTheSentinel_showNoPieceOfIt() {
        Secrets secrets = secrets();
        Map<String, String> nullName = new HashMap<>();
        nullName.put(null, SENTINEL);
        Output output = new Output();
        for (Throwable refusal : Arrays.asList(
                catchThrowable(() -> secrets.put("token", SENTINEL)),
                catchThrowable(() -> secrets.remove("token", SENTINEL)),
                catchThrowable(() -> secrets.replace("token", SENTINEL, "x")),
                catchThrowable(() -> secrets.merge("token", SENTINEL, String::concat)),
                catchThrowable(() -> secrets.values().remove(SENTINEL)),
                catchThrowable(() -> secrets.values().add(SENTINEL)),
                catchThrowable(() -> secrets.entrySet().add(Map.entry("token", SENTINEL))),
                catchThrowable(() -> secrets.entrySet().iterator().next().setValue(SENTINEL)),
                catchThrowable(() -> Secrets.of(nullName)),
                catchThrowable(() -> Secrets.of(Map.of("a/b", SENTINEL))),
                catchThrowable(() -> SecretDeclarations.of(Map.of("a/b", SENTINEL))),
                catchThrowable(() -> SecretDeclarations.builder()
                        .withDefault("a", SENTINEL)
                        .withDefault("a", SENTINEL)
                        .build()),
                catchThrowable(() -> DECLARATIONS.defaultValue("other")),
                catchThrowable(() -> Lookup.found(SENTINEL, "/secrets/token").reason()),
                catchThrowable(() -> Lookup.found(SENTINEL, null)))) {
            assertThat(refusal).isNotNull();
            output.collect(refusal);
        }

        assertNoPiece(output.texts);
    }

    @Test
    void assertNoPiece_piece_isNoticed() {
        assertThat(catchThrowable(() -> assertNoPiece(List.of("fine", "... ALUE-0 ..."))))
                .isInstanceOf(AssertionError.class);
        assertNoPiece(List.of("fine", "SENTI"));
    }

    private static void assertNoPiece(Collection<String> texts) {
        for (int i = 0; i + PIECE <= SENTINEL.length(); i++) {
            String piece = SENTINEL.substring(i, i + PIECE);
            assertThat(texts).filteredOn(text -> text.contains(piece)).isEmpty();
        }
    }

    /** Everything that can be read off an object without asking for a value. */
    private static final class Output {

        private final List<String> texts = new ArrayList<>();
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        void collect(Object object) {
            if (object instanceof String text) {
                texts.add(text);
                return;
            }
            if (object == null || !seen.add(object)) {
                return;
            }
            texts.add(String.valueOf(object));
            serialize(object);
            toJson(object);
            if (object instanceof Throwable throwable) {
                collectThrowable(throwable);
            } else if (object instanceof Map<?, ?> map) {
                collect(map.keySet());
                collect(map.values());
                collect(map.entrySet());
            } else if (object instanceof Collection<?> collection) {
                collectElements(collection);
            } else if (object instanceof Optional<?> optional) {
                collect(optional.orElse(null));
            }
            callEveryAccessor(object);
        }

        private void collectThrowable(Throwable throwable) {
            texts.add(String.valueOf(throwable.getMessage()));
            texts.add(String.valueOf(throwable.getLocalizedMessage()));
            StringWriter trace = new StringWriter();
            throwable.printStackTrace(new PrintWriter(trace));
            texts.add(trace.toString());
            collect(throwable.getCause());
            for (Throwable suppressed : throwable.getSuppressed()) {
                collect(suppressed);
            }
        }

        /** The strings in a collection are names, or what values() is for. */
        private void collectElements(Collection<?> collection) {
            texts.add(String.valueOf(collection.iterator()));
            texts.add(String.valueOf(collection.spliterator()));
            for (Object element : collection) {
                if (!(element instanceof String)) {
                    collect(element);
                }
            }
        }

        private void serialize(Object object) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            } catch (IOException refused) {
                texts.add(refused.toString());
            }
            texts.add(bytes.toString(StandardCharsets.ISO_8859_1));
        }

        private void toJson(Object object) {
            for (ObjectMapper mapper : MAPPERS) {
                if (object instanceof SecretDeclarations.Builder && mapper != MAPPERS.get(0)) {
                    continue; // Nobody hands a builder to a mapper that looks into fields.
                }
                try {
                    texts.add(mapper.writeValueAsString(object));
                } catch (IOException refused) {
                    texts.add(refused.toString());
                }
            }
        }

        private void callEveryAccessor(Object object) {
            for (Method method : object.getClass().getMethods()) {
                String name = method.getName();
                if (method.getParameterCount() > 0
                        || method.getReturnType() == void.class
                        || !Modifier.isPublic(method.getDeclaringClass().getModifiers())
                        || !method.getDeclaringClass().getPackageName().startsWith("dev.modelsecrets")
                        || Modifier.isStatic(method.getModifiers())
                        || NOT_CALLED.contains(name)
                        || NOT_CALLED.contains(method.getDeclaringClass().getSimpleName() + "." + name)) {
                    continue;
                }
                try {
                    collect(method.invoke(object));
                } catch (InvocationTargetException thrown) {
                    collect(thrown.getCause());
                } catch (IllegalAccessException failure) {
                    throw new LinkageError(method.toString(), failure);
                }
            }
        }
    }
}
