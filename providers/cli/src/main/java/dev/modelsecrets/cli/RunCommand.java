package dev.modelsecrets.cli;

import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.inject.ArgumentExpansion;
import dev.modelsecrets.inject.SecretInjection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a program that gets the named secrets in its environment or in files, and no other ones. */
final class RunCommand implements Subcommand {

    private static final List<String> SIGNALS =
            List.of("HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "ALRM", "CONT", "WINCH");
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public void describe(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
        Options.values(spec, "--env", "VAR=NAME", "the variable VAR gets the secret NAME");
        Options.flag(spec, "--env-all", "each declared secret becomes a variable of its name");
        Options.values(spec, "--file", "PATH=NAME", "the file PATH, below --files-in, gets the secret NAME");
        Options.value(
                spec,
                "--files-in",
                "DIR",
                "the directory of the files, removed at the end; one in memory by default. The program finds it in $"
                        + ProgramFiles.VARIABLE);
        Options.flag(
                spec, "--expand", "expand $(VAR) in the arguments, as Kubernetes does. Every user can see arguments");
        Options.value(
                spec, "--watch", "restart|signal", "when a secret changes: restart the program, or send it a signal");
        Options.value(spec, "--signal", "NAME", "the signal of --watch signal; HUP by default");
        Options.value(spec, "--interval", "DURATION", "how often --watch looks, for example 30s; 10s by default");
        Options.value(spec, "--grace", "DURATION", "from TERM to KILL at a restart; 10s by default");
        Options.flag(spec, "--no-redact", "the program gets the streams of this command as they are, a terminal too");
        Options.value(spec, "--config", "FILE", "the config.yaml that declares the secrets");
        SourceOptions.describe(spec);
        Options.parameters(spec, "COMMAND", "1..*", "the program and its arguments, after --");
    }

    @Override
    public int run(Call call) throws IOException, InterruptedException {
        Optional<Watch> watch = watch(call);
        SecretInjection.Builder builder = SecretInjection.builder();
        SecretDeclarations declarations = inject(call, builder);
        SecretInjection injection = builder.build();
        ProgramStart start = new ProgramStart(
                call.parameters(),
                environment(call),
                injection,
                call.has("--file"),
                !call.has("--no-redact"),
                call.machine());
        try (SecretsResolver resolver = SourceOptions.resolver(call);
                SignalForwarding signals =
                        SignalForwarding.install(call.machine().terminal().isInput());
                ProgramFiles files = ProgramFiles.in(call.path("--files-in"), call.machine())) {
            if (watch.isEmpty()) {
                Secrets secrets = resolver.resolve(declarations);
                return new Supervisor(start, signals, files, call.diagnostics()).run(secrets, secrets.redactor());
            }
            try (RefreshingSecrets refreshing =
                    resolver.refreshing(declarations, watch.get().interval())) {
                return new Supervisor(start, signals, files, call.diagnostics()).watch(refreshing, watch.get());
            }
        }
    }

    /** What to do when a secret changes, or nothing. */
    private static Optional<Watch> watch(Call call) {
        Optional<String> kind = call.text("--watch");
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        boolean restart = kind.get().equals("restart");
        if (!restart && !kind.get().equals("signal")) {
            throw CommandException.usage("--watch is restart or signal");
        }
        return Optional.of(new Watch(
                restart,
                signal(call.text("--signal").orElse("HUP")),
                call.text("--interval")
                        .map(text -> Times.duration("--interval", text))
                        .orElse(INTERVAL),
                call.text("--grace")
                        .map(text -> Times.duration("--grace", text))
                        .orElse(GRACE)));
    }

    /** Nobody would see that a signal is lost because there is none of that name. */
    private static String signal(String text) {
        String name = text.startsWith("SIG") ? text.substring(3) : text;
        if (!SIGNALS.contains(name)) {
            throw CommandException.usage("--signal is one of " + String.join(", ", SIGNALS));
        }
        return name;
    }

    /** Adds what is granted, and returns what has to be resolved for it. */
    private static SecretDeclarations inject(Call call, SecretInjection.Builder builder) throws IOException {
        Map<String, String> variables = call.pairs("--env");
        Map<String, String> files = call.pairs("--file");
        boolean all = call.has("--env-all");
        if (variables.isEmpty() && files.isEmpty() && !all) {
            throw CommandException.usage("say what the program gets: --env VAR=NAME, --env-all or --file PATH=NAME");
        }
        Optional<Path> config = call.path("--config");
        SecretDeclarations declared = all || config.isPresent()
                ? SourceOptions.declarations(call, config)
                : SecretDeclarations.builder().build();
        List<String> wanted = new ArrayList<>(all ? declared.names() : List.of());
        variables.forEach((variable, name) -> {
            builder.variable(variable, name);
            wanted.add(name);
        });
        files.forEach((path, name) -> {
            builder.file(name, path);
            wanted.add(name);
        });
        if (all) {
            declared.names().forEach(name -> builder.variable(name, name));
        }
        if (call.has("--expand")) {
            builder.expandArguments(ArgumentExpansion.STRICT);
        }
        return SourceOptions.only(declared, wanted.stream().distinct().toList());
    }

    /** Returns the variables of this command but for those that are its own. */
    private static Map<String, String> environment(Call call) {
        Map<String, String> environment = new HashMap<>(call.machine().environment());
        environment.remove(StoreOptions.PASSWORD);
        environment.remove("_JAVA_SR_SIGNUM", "50");
        return environment;
    }
}
