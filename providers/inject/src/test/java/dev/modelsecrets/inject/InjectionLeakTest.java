package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.inject.HookedFileSystem.Access;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts a value that is easy to recognise into everything, and looks for a piece of it in everything that comes out. */
class InjectionLeakTest {

    private static final String SENTINEL = "SENTINEL-VALUE-0123456789";
    private static final int PIECE = 6;

    private static final Secrets SECRETS = TestSecrets.of(
            "token", SENTINEL,
            "other", SENTINEL + "-OTHER",
            "nul", SENTINEL + "\0",
            "half", SENTINEL + "\ud800",
            "large", SENTINEL.repeat(100_000));

    private static final SecretInjection INJECTION = SecretInjection.builder()
            .variable("TOKEN", "token")
            .file("token", "sub/token")
            .expandArguments(ArgumentExpansion.STRICT)
            .build();

    @TempDir
    Path temporary;

    private static void assertNoPiece(List<String> texts) {
        assertThat(texts).isNotEmpty();
        for (int i = 0; i + PIECE <= SENTINEL.length(); i++) {
            String piece = SENTINEL.substring(i, i + PIECE);
            assertThat(texts).noneMatch(text -> text.contains(piece));
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void objects_withTheValue_showNoPieceOfIt() throws Exception {
        ObjectMapper fields = JsonMapper.builder()
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .build();
        List<String> texts = new ArrayList<>();
        InjectionPlan plan = INJECTION.plan(SECRETS);
        try (SecretFiles files = plan.writeTo(temporary.resolve("secrets"))) {
            for (Object object : List.of(
                    INJECTION,
                    SecretInjection.builder(),
                    plan,
                    files,
                    Blueprint.of("{\"recipe_container_command_args\": [\"" + SENTINEL + "\"]}"),
                    ModelFactory.of(SECRETS, SECRETS, SENTINEL))) {
                texts.add(object.toString());
                if (!(object instanceof SecretInjection.Builder)) {
                    texts.add(fields.writeValueAsString(object));
                    texts.add(new JsonMapper().writeValueAsString(object));
                }
                assertThat(catchThrowable(
                                () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(object)))
                        .isInstanceOf(NotSerializableException.class);
            }
        }

        assertNoPiece(texts);
    }

    @Test
    void failures_withTheValue_showNoPieceOfIt() throws Exception {
        SecretInjection everythingWrong = SecretInjection.builder()
                .variable("A-B", "token")
                .variable("TOKEN", "token")
                .variable("TOKEN", "other")
                .variable("NUL", "nul")
                .variable("HALF", "half")
                .file("token", "../x")
                .file("token", "f")
                .file("other", "f")
                .file("other", "f/g")
                .file("large")
                .file("half")
                .file("missing")
                .build();
        InjectionPlan plan = INJECTION.plan(SECRETS);
        Path inTheWay =
                Files.createDirectories(temporary.resolve("in-the-way/sub")).getParent();
        List<Throwable> failures = new ArrayList<>();

        failures.add(catchThrowable(() -> everythingWrong.plan(SECRETS)));
        failures.add(catchThrowable(() -> plan.applyTo(new ProcessBuilder("a", "$(TOKEN) $(NOBODY)"))));
        failures.add(catchThrowable(() -> plan.writeTo(inTheWay)));
        for (Access access : List.of(Access.CREATE_DIRECTORY, Access.CREATE_FILE, Access.CREATE_LINK)) {
            Path refusing = HookedFileSystem.hook(temporary.resolve("new"), (actual, file) -> {
                if (actual == access) {
                    throw new FileSystemException(SENTINEL, SENTINEL, "refused");
                }
            });
            failures.add(catchThrowable(() -> plan.writeTo(refusing)));
        }
        AtomicReference<Access> refused = new AtomicReference<>();
        SecretFiles files = plan.writeTo(HookedFileSystem.hook(temporary.resolve("written"), (actual, file) -> {
            if (actual == refused.get()) {
                throw new FileSystemException(SENTINEL, SENTINEL, "refused");
            }
        }));
        refused.set(Access.MOVE);
        failures.add(catchThrowable(() -> files.update(SECRETS)));
        refused.set(Access.DELETE);
        failures.add(catchThrowable(files::close));
        refused.set(null);
        failures.add(catchThrowable(() -> files.update(SECRETS)));
        files.close();

        assertThat(failures).hasSize(9).doesNotContainNull();
        assertNoPiece(failures.stream().map(InjectionLeakTest::trace).toList());
    }

    @Test
    void models_thatFail_showNoPieceOfTheValue() {
        ModelFactory factory = ModelFactory.of(SECRETS, SENTINEL, SENTINEL);

        List<Throwable> failures = List.of(
                catchThrowable(() -> factory.create(Talkative.class)),
                catchThrowable(() -> factory.create(AsksForText.class)),
                catchThrowable(() -> factory.create(AsksForANumber.class)));

        assertThat(failures.get(0)).hasMessageContaining("withheld");
        assertNoPiece(failures.stream().map(InjectionLeakTest::trace).toList());
    }

    public static final class Talkative {
        public Talkative(Secrets secrets) {
            throw new IllegalStateException(
                    secrets.require("token"), new IOException(secrets.require("token"), new IOException(SENTINEL)));
        }
    }

    public static final class AsksForText {
        public AsksForText(CharSequence text) {}
    }

    public static final class AsksForANumber {
        public AsksForANumber(Numbers numbers) {}
    }

    public record Numbers(int token) {}

    @Test
    void start_programThatDoesNotExist_showsNoPieceOfAnExpandedArgument() {
        InjectionPlan plan = INJECTION.plan(SECRETS);
        ProcessBuilder process =
                plan.applyTo(new ProcessBuilder(temporary.resolve("$(TOKEN)").toString(), "$(TOKEN)"));

        Throwable failure = catchThrowable(process::start);

        assertThat(process.command()).endsWith(SENTINEL);
        assertThat(failure).isInstanceOf(IOException.class);
        assertNoPiece(List.of(trace(failure)));
    }
}
