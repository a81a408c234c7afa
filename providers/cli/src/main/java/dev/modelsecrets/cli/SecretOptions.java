package dev.modelsecrets.cli;

import dev.modelsecrets.store.SecretStage;
import dev.modelsecrets.store.SecretTemplate;
import dev.modelsecrets.store.StoredSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The options for what a store keeps beside values. */
final class SecretOptions {

    private static final String NEVER = "never";

    private SecretOptions() {}

    static void describe(CommandSpec spec) {
        Options.value(spec, "--description", "TEXT", "what the secret is for; encrypted too");
        Options.values(spec, "--label", "KEY=VALUE", "a label; all labels are replaced");
        Options.value(spec, "--expires", "TIME", "when the value expires: 2030-12-31, 90d from now, or never");
        Options.value(spec, "--rotate-every", "DURATION", "how often it is due for rotation: 90d, or never");
        Options.value(spec, "--stage", "STAGE", "build, runtime or all");
    }

    static void apply(Call call, StoredSecret.Builder secret) {
        call.text("--description").ifPresent(secret::description);
        Map<String, String> labels = call.pairs("--label");
        if (!labels.isEmpty()) {
            secret.labels(labels);
        }
        call.text("--expires")
                .ifPresent(text -> secret.expires(
                        text.equals(NEVER) ? Instant.MAX : Times.instant("--expires", text, Instant.now())));
        call.text("--rotate-every")
                .ifPresent(text -> secret.rotateEvery(
                        text.equals(NEVER) ? Duration.ZERO : Times.duration("--rotate-every", text)));
        call.text("--stage").ifPresent(text -> secret.stage(stage(text)));
    }

    private static SecretStage stage(String text) {
        return one(SecretStage.values(), text)
                .orElseThrow(() -> CommandException.usage("--stage is build, runtime or all"));
    }

    static Optional<SecretTemplate> template(Call call) {
        return call.text("--template")
                .map(text -> one(SecretTemplate.values(), text)
                        .orElseThrow(() -> CommandException.usage(
                                "--template is openai, aws, hugging-face, github, anthropic, nvidia-ngc or "
                                        + "container-registry")));
    }

    private static <E extends Enum<E>> Optional<E> one(E[] all, String text) {
        for (E constant : all) {
            if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    static long version(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw CommandException.usage(option + " is a number");
        }
    }
}
