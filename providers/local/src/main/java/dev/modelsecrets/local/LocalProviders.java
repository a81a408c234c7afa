package dev.modelsecrets.local;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.MalformedDocumentException;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.SecretFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Conventions that are a directory of files or a set of variables, under their own names.
 *
 * <pre>{@code
 * SecretsResolver resolver = SecretsResolver.of(
 *         LocalProviders.systemdCredentials(System.getenv()),
 *         LocalProviders.dockerSecrets(),
 *         LocalProviders.variables(System.getenv(), Map.of("hf_access_token", "HF_TOKEN")));
 * }</pre>
 *
 * <p>Files are read as {@link MountedSecretProvider} reads them. All providers are immutable and thread-safe.
 */
public final class LocalProviders {

    private LocalProviders() {}

    /**
     * Reads the secrets of Docker Swarm and Compose from {@code /run/secrets}, as "Manage sensitive data with Docker
     * secrets" describes them.
     *
     * @return a provider that need not find the directory
     */
    public static SecretProvider dockerSecrets() {
        return dockerSecrets(Path.of("/run/secrets"));
    }

    /**
     * Reads the secrets of Docker from another directory, as on Windows.
     *
     * @param directory the directory, which need not exist
     * @return a provider
     */
    public static SecretProvider dockerSecrets(Path directory) {
        return SecretProvider.named(MountedSecretProvider.at(directory), "docker secrets");
    }

    /**
     * Reads the credentials that systemd passes to a service, from the directory that {@code CREDENTIALS_DIRECTORY}
     * names: {@code LoadCredential=}, {@code LoadCredentialEncrypted=} and {@code SetCredential=} of systemd.exec(5).
     *
     * @param environment the variables of the service
     * @return a provider; without the variable, everything is absent
     */
    public static SecretProvider systemdCredentials(Map<String, String> environment) {
        String name = "systemd credentials";
        String directory = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
        if (directory.isBlank()) {
            return SecretProvider.of(name, secret -> Lookup.absent("CREDENTIALS_DIRECTORY is not set"));
        }
        try {
            return SecretProvider.named(MountedSecretProvider.at(Path.of(directory)), name);
        } catch (InvalidPathException e) {
            Lookup failed = notAPath("CREDENTIALS_DIRECTORY", directory);
            return SecretProvider.of(name, secret -> failed);
        }
    }

    /** Says that a variable does not name a file, without repeating what it holds. */
    private static Lookup notAPath(String variable, String value) {
        Lookup lookup = Variable.lookup(variable, value);
        return lookup.isFailed() ? lookup : Lookup.failed(variable + " is not a path");
    }

    /**
     * Reads variables that have names of their own, such as those of a vendor's SDK: {@code HF_TOKEN} for {@code
     * hf_access_token}.
     *
     * <p>Only the variables that are named here can be read, so that a declared name never finds a variable by chance.
     *
     * @param environment the variables
     * @param nameToVariable the variable of each secret
     * @return a provider
     */
    public static SecretProvider variables(Map<String, String> environment, Map<String, String> nameToVariable) {
        Map<String, String> variables = Map.copyOf(environment);
        Map<String, String> names = Map.copyOf(nameToVariable);
        return new Unchanging(SecretProvider.of("variables", secret -> {
            String variable = names.get(secret);
            if (variable == null) {
                return Lookup.absent("no variable is mapped to " + secret);
            }
            String value = variables.get(variable);
            return value == null ? Lookup.absent(variable + " is not set") : Variable.lookup(variable, value);
        }));
    }

    /** A provider whose answers are fixed when it is made, as those of an environment are. */
    private static final class Unchanging extends DelegatingSecretProvider {

        Unchanging(SecretProvider provider) {
            super(provider);
        }

        @Override
        public Optional<Object> version() {
            return Optional.of(this);
        }
    }

    /**
     * Reads files that variables name: {@code hf_token_FILE=/run/keys/hf} for {@code hf_token}, as the official images
     * of Docker have it ({@code POSTGRES_PASSWORD_FILE}).
     *
     * <p>The variable of a secret is its name with {@code _FILE} behind it; {@link SecretProvider#renaming} gives it
     * another one. A file is strict UTF-8 of at most 1 MiB, and loses the line break that ends a single line. A
     * variable that names a file which is not there is a failure, because somebody meant it to be read.
     *
     * @param environment the variables
     * @return a provider
     */
    public static SecretProvider variableFiles(Map<String, String> environment) {
        Map<String, String> variables = Map.copyOf(environment);
        return SecretProvider.of("variables that name files", secret -> {
            String variable = secret + "_FILE";
            String path = variables.getOrDefault(variable, "");
            if (path.isBlank()) {
                return Lookup.absent(variable + " is not set");
            }
            try {
                return file(Path.of(path), path + " (" + variable + ")");
            } catch (InvalidPathException e) {
                return notAPath(variable, path);
            }
        });
    }

    private static Lookup file(Path file, String place) {
        try {
            return SecretFiles.read(file)
                    .map(text -> Lookup.found(StrictText.withoutFinalLineBreak(text), place))
                    .orElseGet(() -> Lookup.failed(place + " does not exist"));
        } catch (MalformedDocumentException e) {
            return Lookup.failed(place + " " + e.fault());
        }
    }
}
