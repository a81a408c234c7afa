package dev.modelsecrets.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the keys of all secrets of one deployment go, and why some of them cannot. */
final class MountPlan {

    /** BentoCloud's documents write the base directory so. */
    private static final String HOME = "$BENTOML_HOME";

    /** The name that Kubernetes gives the {@code config.json} of Docker. */
    static final String DOCKER_CONFIG = ".dockerconfigjson";

    /** Linux starts no process with a longer variable: MAX_ARG_STRLEN, with the name, the '=' and the final zero. */
    private static final int LONGEST_VARIABLE = 128 << 10;

    private final SecretStore.Transaction transaction;
    private final String baseDirectory;
    private final List<SecretMetadata> secrets;
    private final List<String> problems = new ArrayList<>();

    MountPlan(SecretStore.Transaction transaction, String baseDirectory, List<SecretMetadata> secrets) {
        this.transaction = transaction;
        this.baseDirectory = baseDirectory;
        this.secrets = secrets;
    }

    /** Returns what is wrong with what is needed together in any of these stages. */
    List<String> problems(SecretStage... stages) {
        for (SecretStage stage : stages) {
            checkVariables(stage);
            checkRegistries(stage);
            checkFiles(stage);
        }
        return problems.stream().distinct().toList();
    }

    private List<SecretMetadata> secrets(SecretStage stage, SecretType type) {
        return secrets.stream()
                .filter(secret -> secret.type() == type && secret.stage().overlaps(stage))
                .toList();
    }

    /** The same variable with different values: one of them would win, and nobody knows which. */
    private void checkVariables(SecretStage stage) {
        Map<String, Placement.Variable> first = new HashMap<>();
        for (SecretMetadata secret : secrets(stage, SecretType.OPAQUE)) {
            if (secret.mount().directory().isEmpty()) {
                for (String key : secret.keys()) {
                    Placement.Variable variable = variable(secret, key);
                    checkLength(variable);
                    Placement.Variable other = first.putIfAbsent(variable.name(), variable);
                    if (other != null && !value(other).equals(value(variable))) {
                        problems.add("key " + variable.name() + " has different values in the secrets " + other.secret()
                                + " and " + secret.name());
                    }
                }
            }
        }
    }

    /** A secret that is a value and nothing else is a variable of its own name, as in Baseten. */
    private static Placement.Variable variable(SecretMetadata secret, String key) {
        boolean alone = secret.keys().equals(Set.of(SecretMetadata.SINGLE_KEY));
        return new Placement.Variable(alone ? secret.name() : key, secret.name(), key);
    }

    private String value(Placement.Variable variable) {
        return transaction.value(variable.secret(), variable.key());
    }

    private void checkLength(Placement.Variable variable) {
        int length = value(variable).getBytes(StandardCharsets.UTF_8).length;
        if (variable.name().length() + length + "=0".length() > LONGEST_VARIABLE) {
            problems.add("secret " + variable.secret() + ", key " + variable.key()
                    + " is too long for a variable, which may have 128 KiB on Linux; mount the secret as files");
        }
    }

    private void checkRegistries(SecretStage stage) {
        Map<String, SecretMetadata> first = new LinkedHashMap<>();
        for (SecretMetadata secret : secrets(stage, SecretType.CONTAINER_REGISTRY)) {
            SecretMetadata other = first.putIfAbsent(transaction.value(secret.name(), "registry_server"), secret);
            if (other != null && !(isSame(other, secret, "username") && isSame(other, secret, "password"))) {
                problems.add("the secrets " + other.name() + " and " + secret.name()
                        + " have different credentials for the same registry");
            }
        }
    }

    private boolean isSame(SecretMetadata one, SecretMetadata other, String key) {
        return transaction.value(one.name(), key).equals(transaction.value(other.name(), key));
    }

    private void checkFiles(SecretStage stage) {
        TreeMap<String, String> files = new TreeMap<>();
        for (SecretMetadata secret : secrets(stage, SecretType.OPAQUE)) {
            if (secret.mount().directory().isPresent()) {
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

    /** Returns where everything goes that a stage needs; there are no problems. */
    List<Placement> placements(SecretStage stage) {
        List<Placement> placements = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<SecretMetadata> files = new ArrayList<>();
        for (SecretMetadata secret : secrets(stage, SecretType.OPAQUE)) {
            if (secret.mount().directory().isPresent()) {
                files.add(secret);
            } else {
                for (String key : secret.keys()) {
                    Placement.Variable variable = variable(secret, key);
                    // A key that two secrets have with the same value is one variable.
                    if (names.add(variable.name())) {
                        placements.add(variable);
                    }
                }
            }
        }
        for (SecretMetadata secret : files) {
            for (String key : secret.keys()) {
                String path = place(secret.mount(), key, secret.name());
                if (path != null) {
                    placements.add(
                            new Placement.File(unique(secret.name() + "." + key, names), path, secret.name(), key));
                }
            }
        }
        List<String> registries = new ArrayList<>();
        Set<String> servers = new HashSet<>();
        for (SecretMetadata secret : secrets(stage, SecretType.CONTAINER_REGISTRY)) {
            // Two secrets for one registry have the same credentials.
            if (servers.add(transaction.value(secret.name(), "registry_server"))) {
                registries.add(secret.name());
            }
        }
        if (!registries.isEmpty()) {
            placements.add(new Placement.DockerConfig(unique(DOCKER_CONFIG, names), registries));
        }
        return placements;
    }

    /** Finds a name for a value: the wanted one, or that one with a number. */
    private static String unique(String wanted, Set<String> names) {
        String start = wanted.substring(0, Math.min(wanted.length(), 240));
        String name = start;
        for (int i = 2; !names.add(name); i++) {
            name = start + "." + i;
        }
        return name;
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
