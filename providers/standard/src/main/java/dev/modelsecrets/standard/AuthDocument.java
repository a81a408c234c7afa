package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.FileProblem;
import dev.modelsecrets.standard.internal.JsonSecrets;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds secrets in the text of {@code AUTH_SECRET}, or in the file that it is the path of. Not instantiable. */
final class AuthDocument {

    private AuthDocument() {}

    /** Answers from the text itself. */
    static Map<String, Lookup> find(Set<String> names, String text) {
        return find(names, text, "the variable", AuthSecretProvider.VARIABLE);
    }

    /** Answers from the file that the text is the absolute path of, or else from the text itself. */
    static Map<String, Lookup> findInFile(Set<String> names, String text) {
        Path file = file(text);
        if (file == null) {
            return find(names, text);
        }
        String name = "the file " + file;
        try {
            ConfigFile config = ConfigFile.read(file);
            return config == null
                    ? AuthSecretProvider.each(names, Lookup.absent(name + " does not exist"))
                    : find(names, config.text(), name, AuthSecretProvider.VARIABLE + " file " + file);
        } catch (MalformedException e) {
            return AuthSecretProvider.each(names, Lookup.failed(name + " " + e.problem()));
        }
    }

    /** Returns the file whose path the text is; null if it is not a path, since it may then be a secret. */
    private static @Nullable Path file(String path) {
        if (JsonSecrets.looksLikeObject(path)) {
            return null;
        }
        try {
            Path file = Path.of(path.strip());
            return file.isAbsolute() && !FileProblem.isGone(file) ? file : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Map<String, Lookup> find(Set<String> names, String document, String title, String location) {
        boolean isObject = JsonSecrets.looksLikeObject(document);
        Map<String, @Nullable String> values = Map.of();
        Lookup malformed = null;
        if (isObject && !(names.size() == 1 && names.contains(AuthSecretProvider.VARIABLE))) {
            try {
                values = JsonSecrets.parse(document);
            } catch (MalformedException e) {
                malformed = Lookup.failed(title + " " + e.problem());
            }
        }
        NearMiss keys = new NearMiss(values.keySet());
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            if (name.equals(AuthSecretProvider.VARIABLE)) {
                answers.put(name, Lookup.found(document, location));
            } else if (!isObject) {
                answers.put(name, Lookup.absent(opaque(document)));
            } else {
                answers.put(name, malformed != null ? malformed : lookup(name, values, keys, location));
            }
        }
        return answers;
    }

    private static String opaque(String document) {
        if (document.isBlank()) {
            return "is blank";
        }
        boolean looksLikePath =
                document.strip().endsWith(".json") && !document.strip().contains("\n");
        return "is not a JSON object with keys"
                + (looksLikePath
                        ? " but looks like the path of a file: export AUTH_SECRET=\"$(cat secret.json)\""
                        : "");
    }

    private static Lookup lookup(String name, Map<String, @Nullable String> values, NearMiss keys, String location) {
        String value = values.get(name);
        if (value != null) {
            return Lookup.found(value, location + " key " + name);
        }
        return values.containsKey(name) ? Lookup.absent("has it as null") : Lookup.absent(new NoSuchKey(name, keys));
    }

    /** The reason of an absent key, worked out only for a person to read. */
    private record NoSuchKey(String name, NearMiss keys) implements Supplier<String> {

        @Override
        public String get() {
            return "has no such key" + keys.remark(name);
        }
    }
}
