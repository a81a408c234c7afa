package dev.modelsecrets.crac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.crac.Context;
import org.crac.Resource;
import org.junit.jupiter.api.Test;

class CheckpointedSecretsTest {

    private static final SecretDeclarations TOKEN = SecretDeclarations.of("token");

    private final AtomicReference<Lookup> answer = new AtomicReference<>(Lookup.found("test-token-1", "store"));
    private final AtomicInteger resolvers = new AtomicInteger();
    private final TestContext context = new TestContext();

    private SecretsResolver resolver() {
        resolvers.incrementAndGet();
        return SecretsResolver.of(SecretProvider.of("store", name -> answer.get()));
    }

    private CheckpointedSecrets secrets() {
        return CheckpointedSecrets.register(this::resolver, TOKEN, Duration.ZERO, context);
    }

    @Test
    void get_betweenCheckpointAndRestore_saysWhy() throws Exception {
        try (CheckpointedSecrets secrets = secrets()) {
            context.checkpoint();

            assertThatThrownBy(secrets::get)
                    .isInstanceOf(SuspendedSecretsException.class)
                    .isInstanceOf(SecretsException.class)
                    .hasMessage("The values of token were dropped for a checkpoint. They are resolved anew after the"
                            + " restore: do not ask for secrets between the two");
            assertThatThrownBy(() -> secrets.whileResolved(refreshing -> () -> {}))
                    .isInstanceOf(SuspendedSecretsException.class);
        }
    }

    @Test
    void get_afterTheRestore_isResolvedAnewByANewResolver() throws Exception {
        try (CheckpointedSecrets secrets = secrets()) {
            context.checkpoint();
            answer.set(Lookup.found("test-token-2", "store"));
            context.restore();

            assertThat(secrets.get().require("token")).isEqualTo("test-token-2");
            assertThat(resolvers).hasValue(2);
        }
    }

    @Test
    void get_afterARestoreThatFailed_resolvesAgain() throws Exception {
        try (CheckpointedSecrets secrets = secrets()) {
            context.checkpoint();
            answer.set(Lookup.failed("is not reachable"));

            assertThatThrownBy(context::restore).isInstanceOf(SecretProviderException.class);
            assertThatThrownBy(secrets::get).isInstanceOf(SecretProviderException.class);

            answer.set(Lookup.found("test-token-2", "store"));
            assertThat(secrets.get().require("token")).isEqualTo("test-token-2");
        }
    }

    @Test
    void restore_withoutACheckpoint_keepsWhatIsThere() throws Exception {
        try (CheckpointedSecrets secrets = secrets()) {
            context.restore();

            assertThat(secrets.get().require("token")).isEqualTo("test-token-1");
            assertThat(resolvers).hasValue(1);
        }
    }

    @Test
    void whileResolved_overACheckpoint_isUndoneInReverseAndDoneAgain() throws Exception {
        List<String> calls = new ArrayList<>();
        try (CheckpointedSecrets secrets = secrets()) {
            for (String name : List.of("a", "b")) {
                secrets.whileResolved(refreshing -> {
                    calls.add(name + " " + refreshing.get().require("token"));
                    return () -> calls.add("undo " + name);
                });
            }
            context.checkpoint();
            answer.set(Lookup.found("test-token-2", "store"));
            context.restore();
        }

        assertThat(calls)
                .containsExactly(
                        "a test-token-1",
                        "b test-token-1",
                        "undo b",
                        "undo a",
                        "a test-token-2",
                        "b test-token-2",
                        "undo b",
                        "undo a");
    }

    @Test
    void whileResolved_thatThrowsInAHook_harmsNobody() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (CheckpointedSecrets secrets = secrets()) {
            secrets.whileResolved(refreshing -> {
                if (calls.incrementAndGet() > 1) {
                    throw new IllegalStateException("test-token-1");
                }
                return () -> {
                    throw new IllegalStateException("test-token-1");
                };
            });
            context.checkpoint();
            context.restore();

            assertThat(secrets.get().require("token")).isEqualTo("test-token-1");
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void whileResolved_thatThrowsAnError_keepsNoValue() throws Exception {
        List<RefreshingSecrets> seen = new ArrayList<>();
        try (CheckpointedSecrets secrets = secrets()) {
            secrets.whileResolved(refreshing -> {
                seen.add(refreshing);
                if (seen.size() > 1) {
                    throw new NoClassDefFoundError("test-token-1");
                }
                return () -> {
                    throw new AssertionError("test-token-1");
                };
            });
            context.checkpoint();

            assertThatThrownBy(() -> seen.get(0).refresh())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");

            context.restore();
            assertThat(secrets.get().require("token")).isEqualTo("test-token-1");
        }
    }

    @Test
    void register_withAContextThatRefuses_closesTheResolver() {
        AtomicInteger closed = new AtomicInteger();
        Context<Resource> refusing = new Context<>() {
            @Override
            public void beforeCheckpoint(Context<? extends Resource> parent) {}

            @Override
            public void afterRestore(Context<? extends Resource> parent) {}

            @Override
            public void register(Resource resource) {
                throw new IllegalStateException("a checkpoint is under way");
            }
        };

        assertThatThrownBy(() -> CheckpointedSecrets.register(
                        () -> SecretsResolver.of(new ClosableProvider(answer, closed)), TOKEN, Duration.ZERO, refusing))
                .hasMessage("a checkpoint is under way");
        assertThat(closed).hasValue(1);
    }

    @Test
    void close_always_isFinal() throws Exception {
        CheckpointedSecrets secrets = secrets();
        secrets.close();
        secrets.close();
        context.checkpoint();
        context.restore();

        assertThatThrownBy(secrets::get)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(resolvers).hasValue(1);
    }

    @Test
    void register_missingSecret_closesTheResolver() {
        answer.set(Lookup.absent("is not there"));
        AtomicInteger closed = new AtomicInteger();
        SecretProvider provider = new ClosableProvider(answer, closed);

        assertThatThrownBy(() ->
                        CheckpointedSecrets.register(() -> SecretsResolver.of(provider), TOKEN, Duration.ZERO, context))
                .isInstanceOf(SecretsException.class);
        assertThat(closed).hasValue(1);
    }

    @Test
    void toString_always_isNames() throws Exception {
        try (CheckpointedSecrets secrets = secrets()) {
            assertThat(secrets).hasToString("CheckpointedSecrets[token]");
        }
    }

    /** On a JVM without CRaC the global context calls nobody. */
    @Test
    void register_withTheGlobalContext_resolves() {
        try (CheckpointedSecrets secrets = CheckpointedSecrets.register(this::resolver, TOKEN, Duration.ZERO)) {
            assertThat(secrets.get().require("token")).isEqualTo("test-token-1");
        }
    }
}
