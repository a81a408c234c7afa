package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.SecretFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that SOPS has encrypted (YAML, JSON or dotenv), through the program {@code sops} on this machine.
 *
 * <pre>{@code
 * SecretProvider sops = SopsSecretProvider.at(Path.of("secrets.enc.yaml")).build();
 * }</pre>
 *
 * <p>The keys at the top of the document are the names, or those below {@link Builder#below}. The program decrypts the
 * file once for a {@code find}, by {@code sops --decrypt --output-type json}, with the keys and logins that it finds
 * itself: of age, PGP or a cloud. SOPS keeps the types of YAML, so that an unquoted {@code 0123} comes back as SOPS
 * reads it: quote such values before they are encrypted. No file is absent; a program that is missing, fails or takes
 * too long is a failure. Thread-safe.
 */
public final class SopsSecretProvider implements SecretProvider {

    private static final String NAME = "sops";

    private final Path file;
    private final String program;
    private final String pointer;
    private final Duration timeout;
    private final boolean showErrors;
    private final transient @Nullable Map<String, String> environment;

    private SopsSecretProvider(Builder builder) {
        this.file = builder.file;
        this.program = builder.program;
        this.pointer = builder.pointer;
        this.timeout = builder.timeout;
        this.showErrors = builder.showErrors;
        this.environment = builder.environment;
    }

    /**
     * Starts a provider.
     *
     * @param file the encrypted file, which need not exist
     * @return a builder, not thread-safe
     */
    public static Builder at(Path file) {
        return new Builder(file.toAbsolutePath());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        names.forEach(SecretDeclarations::checkName);
        Map<String, Lookup> answers = new HashMap<>();
        if (names.isEmpty()) {
            return answers;
        }
        if (SecretFiles.isMissing(file)) {
            names.forEach(name -> answers.put(name, Lookup.absent(file + " does not exist")));
            return answers;
        }
        String json = decrypted();
        for (String name : names) {
            answers.put(name, answer(name, json));
        }
        return answers;
    }

    private String decrypted() {
        // Absolute, so that a name with a dash in front is no option.
        List<String> command = List.of(program, "--decrypt", "--output-type", "json", file.toString());
        try {
            CommandRun.Result result = CommandRun.run(command, environment, showErrors, new byte[0], timeout);
            if (result.status() != 0) {
                throw new SecretProviderException(
                        NAME,
                        program + " could not decrypt " + file + " (status " + result.status() + ")"
                                + (showErrors ? "" : "; what it says about that is shown with showErrors(true)"));
            }
            return StrictText.decodeDocument(result.output());
        } catch (CommandRun.FailedException e) {
            throw new SecretProviderException(NAME, e.problem());
        } catch (StrictText.UnreadableException e) {
            throw new SecretProviderException(NAME, "what " + program + " wrote " + e.problem());
        }
    }

    private Lookup answer(String name, String json) {
        try {
            Optional<String> value = JsonField.at(pointer + JsonField.pointerTo(name), json);
            return value.isPresent()
                    ? Lookup.found(value.get(), file + " key " + name)
                    : Lookup.absent(file + " has no key " + name + (pointer.isEmpty() ? "" : " below " + pointer));
        } catch (JsonField.MalformedJsonException e) {
            throw new SecretProviderException(NAME, "what " + program + " wrote is not JSON");
        }
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of(
                "add the key " + Objects.requireNonNull(name, "name") + " with: sops " + SecretFiles.shellWord(file));
    }

    /** Returns the path of the file. */
    @Override
    public String toString() {
        return "SopsSecretProvider[" + file + "]";
    }

    /** Collects options; not thread-safe. */
    public static final class Builder {

        private final Path file;
        private String program = "sops";
        private String pointer = "";
        private Duration timeout = Duration.ofSeconds(10);
        private boolean showErrors;
        private transient @Nullable Map<String, String> environment;

        private Builder(Path file) {
            this.file = file;
        }

        /**
         * Runs another program than the {@code sops} on the {@code PATH}.
         *
         * @param program its path
         * @return this builder
         */
        public Builder program(Path program) {
            this.program = program.toString();
            return this;
        }

        /**
         * Takes the names from a map further down in the document.
         *
         * @param pointer a JSON Pointer, such as {@code /models/llm}
         * @return this builder
         * @throws IllegalArgumentException if it is not a JSON Pointer
         */
        public Builder below(String pointer) {
            if (!JsonField.isPointer(pointer)) {
                throw new IllegalArgumentException("a JSON Pointer begins with a slash, such as /models/llm");
            }
            this.pointer = pointer;
            return this;
        }

        /**
         * Limits the time of a decryption, which may ask a cloud for a key.
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
         * Gives the program these variables in place of those of this process, such as {@code SOPS_AGE_KEY_FILE}.
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
        public SopsSecretProvider build() {
            return new SopsSecretProvider(this);
        }
    }
}
