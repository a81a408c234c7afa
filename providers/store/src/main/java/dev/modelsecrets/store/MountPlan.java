package dev.modelsecrets.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the keys of all secrets of one deployment would go, and why some of them cannot. */
final class MountPlan {

    /** BentoCloud's documents write the base directory so. */
    private static final String HOME = "$BENTOML_HOME";

    private final SecretStore.Transaction transaction;
    private final String baseDirectory;
    private final List<SecretMetadata> secrets;
    private final List<String> problems = new ArrayList<>();

    MountPlan(SecretStore.Transaction transaction, String baseDirectory, List<SecretMetadata> secrets) {
        this.transaction = transaction;
        this.baseDirectory = baseDirectory;
        this.secrets = secrets;
    }

    List<String> problems() {
        checkKeys();
        checkRegistries();
        checkFiles();
        return problems;
    }

    /** The same key with different values: one of them would win, and nobody knows which. */
    private void checkKeys() {
        Map<String, SecretMetadata> first = new LinkedHashMap<>();
        for (SecretMetadata secret : secrets) {
            if (secret.type() == SecretType.OPAQUE) {
                for (String key : secret.keys()) {
                    SecretMetadata other = first.putIfAbsent(key, secret);
                    if (other != null && !isSame(other, secret, key)) {
                        problems.add("key " + key + " has different values in the secrets " + other.name() + " and "
                                + secret.name());
                    }
                }
            }
        }
    }

    private void checkRegistries() {
        Map<String, SecretMetadata> first = new LinkedHashMap<>();
        for (SecretMetadata secret : secrets) {
            if (secret.type() == SecretType.CONTAINER_REGISTRY) {
                SecretMetadata other = first.putIfAbsent(transaction.value(secret.name(), "registry_server"), secret);
                if (other != null && !(isSame(other, secret, "username") && isSame(other, secret, "password"))) {
                    problems.add("the secrets " + other.name() + " and " + secret.name()
                            + " have different credentials for the same registry");
                }
            }
        }
    }

    private boolean isSame(SecretMetadata one, SecretMetadata other, String key) {
        return transaction.value(one.name(), key).equals(transaction.value(other.name(), key));
    }

    private void checkFiles() {
        TreeMap<String, String> files = new TreeMap<>();
        for (SecretMetadata secret : secrets) {
            if (secret.type() == SecretType.OPAQUE && secret.mount().directory().isPresent()) {
                for (String key : secret.keys()) {
                    String owner = "secret " + secret.name() + ", key " + key;
                    String path = place(secret.mount(), key, owner);
                    if (path != null) {
                        String other = files.putIfAbsent(path, owner);
                        if (other != null) {
                            problems.add("the file " + path + " is that of " + other + " and of " + owner);
                        }
                    }
                }
            }
        }
        files.forEach((path, owner) -> {
            // A character that sorts right after '/' ends the range of what lies below the path.
            files.subMap(path + "/", path + "0")
                    .forEach((below, other) -> problems.add(
                            "the file " + path + " of " + owner + " is where " + other + " needs a directory"));
        });
    }

    /** Returns the normalized path of a key's file, or null if there is a problem with it. */
    private @Nullable String place(SecretMount mount, String key, String owner) {
        String subPath = mount.subPaths().getOrDefault(key, "");
        String path = mount.path(key);
        if (path.equals(HOME) || path.startsWith(HOME + "/")) {
            path = baseDirectory + path.substring(HOME.length());
        } else if (!path.startsWith("/")) {
            path = baseDirectory + "/" + path;
        }
        if (subPath.startsWith("/")) {
            problems.add(owner + ": the sub path must not start with '/'");
            return null;
        }
        if (path.indexOf('$') >= 0 || path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            problems.add(
                    owner + ": the path must not have '$', '\\' or a control character, but may start with " + HOME);
            return null;
        }
        String normalized = normalize(path);
        if (!normalized.startsWith(baseDirectory.equals("/") ? "/" : baseDirectory + "/")) {
            problems.add(owner + ": the path " + normalized + " is outside the base directory " + baseDirectory);
            return null;
        }
        return normalized;
    }

    static String normalizeBase(String baseDirectory) {
        if (!baseDirectory.startsWith("/")) {
            throw new IllegalArgumentException("the base directory is not an absolute path: " + baseDirectory);
        }
        return normalize(baseDirectory);
    }

    /** Resolves "." and ".." as a container would; the file system of this machine does not matter. */
    private static String normalize(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
