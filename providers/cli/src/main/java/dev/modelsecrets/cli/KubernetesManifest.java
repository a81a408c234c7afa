package dev.modelsecrets.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the Secrets of a Kubernetes manifest: {@code data} in base64 and {@code stringData}. */
final class KubernetesManifest {

    private KubernetesManifest() {}

    static Map<String, Map<String, String>> read(String text, Path source) {
        Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
        try {
            for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
                if (document instanceof Map<?, ?> object && "Secret".equals(object.get("kind"))) {
                    add(object, secrets, source);
                }
            }
        } catch (MarkedYAMLException e) {
            // Its message quotes the document.
            throw CommandException.failed(source + " is not valid YAML"
                    + (e.getProblemMark() == null
                            ? ""
                            : " at line " + (e.getProblemMark().getLine() + 1)));
        } catch (YAMLException e) {
            throw CommandException.failed(source + " is not valid YAML");
        }
        if (secrets.isEmpty()) {
            throw CommandException.failed(source + " has no object of kind Secret");
        }
        return secrets;
    }

    private static void add(Map<?, ?> object, Map<String, Map<String, String>> secrets, Path source) {
        Object name = object.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("name") : null;
        if (!(name instanceof String secret)) {
            throw CommandException.failed(source + " has a Secret without a name");
        }
        Map<String, String> values = new LinkedHashMap<>();
        strings(object.get("data"), secret, source).forEach((key, value) -> {
            String place = source + ": " + secret + " " + key;
            values.put(key, ImportSource.utf8(ImportSource.base64(value, place), place));
        });
        values.putAll(strings(object.get("stringData"), secret, source));
        secrets.put(secret, values);
    }

    private static Map<String, String> strings(@Nullable Object section, String secret, Path source) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (section instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key instanceof String name && value instanceof String text) {
                    strings.put(name, text);
                } else {
                    throw CommandException.failed(
                            source + ": " + secret + " has a key or a value that is no string; quote it");
                }
            });
        }
        return strings;
    }
}
