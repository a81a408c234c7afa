package dev.modelsecrets.local;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.standard.MalformedDocumentException;
import dev.modelsecrets.standard.SecretFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the token that this machine is logged in to Hugging Face with, as the library {@code huggingface_hub} does.
 *
 * <p>It is the variable {@code HF_TOKEN}, else {@code HUGGING_FACE_HUB_TOKEN}, else the file that {@code HF_TOKEN_PATH}
 * names, else {@code token} in the directory {@code HF_HOME}, which is {@code huggingface} in {@code XDG_CACHE_HOME} or
 * {@code ~/.cache}: what {@code hf auth login} writes. White space around the token is dropped, as there. The token
 * answers for the names it is given only. Immutable and thread-safe; the file is read anew by each {@code find}.
 *
 * <pre>{@code
 * SecretProvider login = HuggingFaceSecretProvider.of(System.getenv(), home, "hf_access_token");
 * }</pre>
 */
public final class HuggingFaceSecretProvider implements SecretProvider {

    private static final String NAME = "Hugging Face login";

    private static final List<String> VARIABLES = List.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN");

    private final transient Map<String, String> environment;
    private final Path home;
    private final Set<String> names;

    private HuggingFaceSecretProvider(Map<String, String> environment, Path home, Set<String> names) {
        this.environment = environment;
        this.home = home;
        this.names = names;
    }

    /**
     * Creates a provider of the token.
     *
     * @param environment the variables
     * @param home the user's home directory
     * @param names the secrets that are this token
     * @return a provider
     * @throws dev.modelsecrets.InvalidSecretNameException if a name is not a secret name
     */
    public static HuggingFaceSecretProvider of(Map<String, String> environment, Path home, String... names) {
        Set<String> checked = new LinkedHashSet<>();
        for (String name : names) {
            checked.add(SecretDeclarations.checkName(name));
        }
        return new HuggingFaceSecretProvider(Map.copyOf(environment), home, checked);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Lookup> find(Set<String> wanted) {
        Map<String, Lookup> answers = new HashMap<>();
        if (wanted.stream().anyMatch(names::contains)) {
            Lookup token = token();
            wanted.stream().filter(names::contains).forEach(name -> answers.put(name, token));
        }
        wanted.forEach(name ->
                answers.computeIfAbsent(name, other -> Lookup.absent("the token is not given out as " + other)));
        return answers;
    }

    private Lookup token() {
        for (String variable : VARIABLES) {
            String token = cleaned(environment.getOrDefault(variable, ""));
            if (!token.isEmpty()) {
                return Variable.lookup(variable, token);
            }
        }
        try {
            Path file = file();
            Optional<String> text = SecretFiles.read(file);
            return text.isEmpty()
                    ? Lookup.absent(String.join(" and ", VARIABLES) + " are not set, and " + file + " does not exist")
                    : Lookup.found(cleaned(text.get()), file.toString());
        } catch (MalformedDocumentException e) {
            return Lookup.failed("the file of the token " + e.fault());
        } catch (InvalidPathException e) {
            return Lookup.failed("a variable that should name the file of the token is not a path");
        }
    }

    private Path file() {
        return path("HF_TOKEN_PATH")
                .orElseGet(() -> path("HF_HOME")
                        .orElseGet(() -> path("XDG_CACHE_HOME")
                                .orElseGet(() -> home.resolve(".cache"))
                                .resolve("huggingface"))
                        .resolve("token"));
    }

    private Optional<Path> path(String variable) {
        String path = environment.getOrDefault(variable, "");
        if (path.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path));
    }

    private static String cleaned(String token) {
        return token.replace("\r", "").replace("\n", "").strip();
    }

    @Override
    public Optional<String> remedy(String name) {
        return names.contains(name) ? Optional.of("hf auth login") : Optional.empty();
    }

    /** Returns the names that the token answers for. */
    @Override
    public String toString() {
        return "HuggingFaceSecretProvider" + names;
    }
}
