package dev.modelsecrets.cli;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.local.DotEnvSecretProvider;
import dev.modelsecrets.standard.MountedSecretProvider;
import dev.modelsecrets.standard.SecretDocument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what is to be imported: for each secret its keys and values. */
final class ImportSource {

    private static final String ONLY_KEY = "value";
    private static final long LARGEST = 4 << 20;

    private ImportSource() {}

    static Map<String, Map<String, String>> read(ImportFormat format, Path source) throws IOException {
        Map<String, Map<String, String>> secrets = switch (format) {
            case DOTENV -> dotenv(source);
            case JSON -> json(source);
            case KUBERNETES -> KubernetesManifest.read(text(source), source);
            case DIRECTORY -> directory(source);
            case PKCS12 -> throw new IllegalArgumentException("a store, not a document");
        };
        secrets.forEach((name, values) -> {
            SecretDeclarations.checkName(name);
            values.keySet().forEach(SecretDeclarations::checkName);
        });
        if (secrets.isEmpty()) {
            throw CommandException.missing(source + " has no secret");
        }
        return secrets;
    }

    /** Returns one secret whose keys are all names, a secret with several keys as {@code secret.key}. */
    static Map<String, Map<String, String>> joined(String name, Map<String, Map<String, String>> secrets) {
        Map<String, String> values = new LinkedHashMap<>();
        secrets.forEach((secret, keys) -> keys.forEach((key, value) -> values.put(
                keys.size() == 1 && key.equals(ONLY_KEY) ? secret : secrets.size() == 1 ? key : secret + "." + key,
                value)));
        return Map.of(SecretDeclarations.checkName(name), values);
    }

    private static Map<String, Map<String, String>> dotenv(Path source) {
        readable(source);
        DotEnvSecretProvider file = DotEnvSecretProvider.at(source);
        return found(file, file.variables());
    }

    private static Map<String, Map<String, String>> directory(Path source) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".") && Files.isRegularFile(entry)) {
                    names.add(SecretDeclarations.checkName(name));
                }
            }
        }
        return found(MountedSecretProvider.at(source), names);
    }

    private static Map<String, Map<String, String>> found(SecretProvider provider, Collection<String> names) {
        Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
        Map<String, Lookup> answers = provider.find(new TreeSet<>(names));
        for (String name : names) {
            Lookup lookup = answers.get(name);
            if (lookup != null && lookup.isFound() && !lookup.value().isBlank()) {
                secrets.put(name, Map.of(ONLY_KEY, lookup.value()));
            } else if (lookup != null && (lookup.isFailed() || lookup.isDenied())) {
                throw CommandException.failed(name + ": " + lookup.problem());
            }
        }
        return secrets;
    }

    /** The top-level keys of an object are secrets; one whose value is an object has its keys. */
    private static Map<String, Map<String, String>> json(Path source) throws IOException {
        SecretDocument document = SecretDocument.json(text(source));
        Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
        for (String name : document.keys()) {
            String value = document.value(name).orElse("");
            if (SecretDocument.isJsonObject(value)) {
                SecretDocument keys = SecretDocument.json(value);
                Map<String, String> values = new TreeMap<>();
                keys.keys().forEach(key -> keys.value(key).ifPresent(text -> values.put(key, text)));
                secrets.put(name, values);
            } else if (!value.isBlank()) {
                secrets.put(name, Map.of(ONLY_KEY, value));
            }
        }
        return secrets;
    }

    static String text(Path source) throws IOException {
        readable(source);
        if (Files.size(source) > LARGEST) {
            throw CommandException.failed(source + " is larger than 4 MiB");
        }
        return utf8(Files.readAllBytes(source), source.toString());
    }

    private static void readable(Path source) {
        if (!Files.isRegularFile(source)) {
            throw CommandException.failed(source + (Files.exists(source) ? " is no file" : " does not exist"));
        }
    }

    static String utf8(byte[] bytes, String place) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandException.failed(place + " is not UTF-8");
        }
    }

    static byte[] base64(String text, String place) {
        try {
            // The JDK's decoder that allows line breaks passes over all else that is not base64, too.
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw CommandException.failed(place + " is not base64");
        }
    }
}
