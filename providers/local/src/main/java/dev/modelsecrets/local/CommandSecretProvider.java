package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks a program for secrets: what it writes to its standard output is the value.
 *
 * <pre>{@code
 * CommandSecretProvider.builder("op", "read", "op://models/{name}/credential").build(); // 1Password
 * CommandSecretProvider.builder("gopass", "show", "-o", "models/{name}").build();
 * CommandSecretProvider.builder("vault", "kv", "get", "-field={name}", "secret/models").build();
 * CommandSecretProvider.batch("/opt/acme/secret-helper").build(); // a helper of yours, asked once for all names
 * }</pre>
 *
 * <p>The idea is that of {@code credential_process} in AWS and of credential helpers in Git and Docker. The program
 * gets a vector of arguments and never a shell; <code>{name}</code> in an argument stands for the secret's name. There
 * is one time limit for a {@code find}, after which the program and what it started are ended. Its standard error is
 * not shown unless asked for, as it may hold anything. A status other than 0 is a failure; {@link Builder#absentStatus}
 * names those that mean that there is no such secret. The output is UTF-8, and loses the line break that ends a single
 * line.
 *
 * <p>A {@linkplain #batch batch} helper reads a line of JSON for each name, {@code {"name":"hf_token"}}, and answers
 * each, in any order, with a line {@code {"name":"hf_token","value":".."}}, or with {@code "status":"absent"}, {@code
 * "failed"} or {@code "denied"} in place of the value; a name that it leaves out is a failure. Thread-safe.
 */
public final class CommandSecretProvider implements SecretProvider {

    private static final String PLACEHOLDER = "{name}";

    private final String name;
    private final List<String> command;
    private final boolean batch;
    private final Duration timeout;
    private final Set<Integer> absentStatuses;
    private final boolean showErrors;
    private final transient @Nullable Map<String, String> environment;

    private CommandSecretProvider(Builder builder) {
        this.name = builder.name;
        this.command = builder.command;
        this.batch = builder.batch;
        this.timeout = builder.timeout;
        this.absentStatuses = Set.copyOf(builder.absentStatuses);
        this.showErrors = builder.showErrors;
        this.environment = builder.environment;
    }

    /**
     * Starts a provider that runs a program for each name.
     *
     * @param program the program, a path or a name to be looked for on the {@code PATH}
     * @param arguments its arguments; <code>{name}</code> stands for the secret's name
     * @return a builder, not thread-safe
     * @throws IllegalArgumentException if no argument has the placeholder
     */
    public static Builder builder(String program, String... arguments) {
        if (List.of(arguments).stream().noneMatch(argument -> argument.contains(PLACEHOLDER))) {
            throw new IllegalArgumentException("no argument of " + program + " has the placeholder " + PLACEHOLDER);
        }
        return new Builder(program, arguments, false);
    }

    /**
     * Starts a provider that runs a helper once for all names of a {@code find}.
     *
     * @param program the program, a path or a name to be looked for on the {@code PATH}
     * @param arguments its arguments
     * @return a builder, not thread-safe
     */
    public static Builder batch(String program, String... arguments) {
        return new Builder(program, arguments, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        names.forEach(SecretDeclarations::checkName);
        if (names.isEmpty()) {
            return Map.of();
        }
        return batch ? findAll(names) : findEach(names);
    }

    private Map<String, Lookup> findEach(Set<String> names) {
        long end = System.nanoTime() + timeout.toNanos();
        Map<String, Lookup> answers = new HashMap<>();
        for (String secret : names) {
            answers.put(secret, find(secret, Duration.ofNanos(Math.max(1, end - System.nanoTime()))));
        }
        return answers;
    }

    private Lookup find(String secret, Duration rest) {
        List<String> arguments = new ArrayList<>();
        for (String argument : command) {
            if (argument.startsWith(PLACEHOLDER) && secret.startsWith("-")) {
                return Lookup.failed(command.get(0) + " would take a name that begins with a dash for an option");
            }
            arguments.add(argument.replace(PLACEHOLDER, secret));
        }
        try {
            CommandRun.Result result = CommandRun.run(arguments, environment, showErrors, new byte[0], rest);
            if (absentStatuses.contains(result.status())) {
                return Lookup.absent(command.get(0) + " has no such secret (status " + result.status() + ")");
            }
            if (result.status() != 0) {
                return Lookup.failed(failed(result));
            }
            String text = StrictText.decode(result.output());
            return Lookup.found(StrictText.withoutFinalLineBreak(text), "output of " + command.get(0));
        } catch (CommandRun.FailedException e) {
            return Lookup.failed(e.problem());
        } catch (StrictText.UnreadableException e) {
            return Lookup.failed("the output of " + command.get(0) + " " + e.problem());
        }
    }

    private Map<String, Lookup> findAll(Set<String> names) {
        StringBuilder questions = new StringBuilder();
        for (String secret : names) {
            questions.append("{\"name\":\"").append(secret).append("\"}\n");
        }
        try {
            CommandRun.Result result = CommandRun.run(
                    command, environment, showErrors, questions.toString().getBytes(StandardCharsets.UTF_8), timeout);
            if (result.status() != 0) {
                throw new SecretProviderException(name, failed(result));
            }
            return HelperAnswers.read(result.output(), names, command.get(0));
        } catch (CommandRun.FailedException e) {
            throw new SecretProviderException(name, e.problem());
        } catch (StrictText.UnreadableException e) {
            throw new SecretProviderException(name, "the output of " + command.get(0) + " " + e.problem());
        }
    }

    private String failed(CommandRun.Result result) {
        return command.get(0) + " ended with the status " + result.status()
                + (showErrors ? "" : "; what it says about that is shown with showErrors(true)");
    }

    /** Returns the program, without its arguments. */
    @Override
    public String toString() {
        return "CommandSecretProvider[" + command.get(0) + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final List<String> command;
        private final boolean batch;
        private final Set<Integer> absentStatuses = new HashSet<>();
        private String name = "command";
        private Duration timeout = Duration.ofSeconds(10);
        private boolean showErrors;
        private transient @Nullable Map<String, String> environment;

        private Builder(String program, String[] arguments, boolean batch) {
            List<String> vector = new ArrayList<>();
            vector.add(Objects.requireNonNull(program, "program"));
            vector.addAll(List.of(arguments));
            this.command = List.copyOf(vector);
            this.batch = batch;
        }

        /**
         * Names the provider in reports.
         *
         * @param name one short line; {@code command} by default
         * @return this builder
         */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Limits the time of a {@code find}.
         *
         * @param timeout more than zero; 10 seconds by default
         * @return this builder
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder timeout(Duration timeout) {
            this.timeout = CommandRun.limit(timeout);
            return this;
        }

        /**
         * Names a status of the program that means that there is no such secret.
         *
         * @param status a status other than 0
         * @return this builder
         * @throws IllegalArgumentException if it is 0
         */
        public Builder absentStatus(int status) {
            if (status == 0) {
                throw new IllegalArgumentException("the status 0 means that the secret was found");
            }
            absentStatuses.add(status);
            return this;
        }

        /**
         * Lets the program's standard error through to that of this process, to find out why it fails.
         *
         * @param show false by default
         * @return this builder
         */
        public Builder showErrors(boolean show) {
            this.showErrors = show;
            return this;
        }

        /**
         * Gives the program these variables in place of those of this process.
         *
         * @param environment all of its variables
         * @return this builder
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = Map.copyOf(environment);
            return this;
        }

        /**
         * Returns the provider, which runs nothing yet.
         *
         * @return a thread-safe provider
         */
        public CommandSecretProvider build() {
            return new CommandSecretProvider(this);
        }
    }
}
