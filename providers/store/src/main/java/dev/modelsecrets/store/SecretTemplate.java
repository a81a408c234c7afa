package dev.modelsecrets.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the credentials of a well-known service have, under the names that its own clients look for.
 *
 * <p>A template also knows the format of each value, so that a value pasted into the wrong field is found when it is
 * stored and not when a deployment fails. Formats change: {@link StoredSecret.Builder#withoutFormatCheck()} switches
 * the check off. Immutable and thread-safe.
 */
public enum SecretTemplate {

    /** OpenAI: {@code OPENAI_API_KEY}. */
    OPENAI(
            SecretType.OPAQUE,
            Key.required(
                    "OPENAI_API_KEY",
                    "API key of a project or an account",
                    "sk-(?!ant-)[A-Za-z0-9_-]{20,}",
                    "\"sk-\" and at least 20 letters, digits, '_' or '-', and not \"sk-ant-\"")),

    /** Amazon Web Services: key id and secret, optionally a session token and a region. */
    AWS(
            SecretType.OPAQUE,
            Key.required(
                    "AWS_ACCESS_KEY_ID",
                    "id of an access key",
                    "A(KIA|SIA)[A-Z0-9]{16,}",
                    "\"AKIA\" or \"ASIA\" and at least 16 capital letters or digits"),
            Key.required(
                    "AWS_SECRET_ACCESS_KEY",
                    "secret of the same access key",
                    "[A-Za-z0-9/+=]{40}",
                    "40 letters, digits, '/', '+' or '='"),
            Key.optional(
                    "AWS_SESSION_TOKEN",
                    "token of temporary credentials",
                    "[A-Za-z0-9/+=_-]{100,}",
                    "at least 100 letters, digits, '/', '+' or '='"),
            Key.optional(
                    "AWS_DEFAULT_REGION",
                    "region such as us-east-1",
                    "[a-z]{2,4}(-[a-z]{2,20}){1,4}-[0-9]{1,3}|aws(-[a-z]{1,4}){0,2}-global",
                    "a region such as us-east-1")),

    /** Hugging Face: {@code HF_TOKEN}. */
    HUGGING_FACE(
            SecretType.OPAQUE,
            Key.required(
                    "HF_TOKEN",
                    "user access token",
                    "hf_[A-Za-z0-9._-]{20,}|api_[A-Za-z0-9_]{20,}",
                    "\"hf_\", or \"api_\" of an organization, and at least 20 letters, digits, '_', '-' or" + " '.'")),

    /** GitHub: {@code GITHUB_TOKEN}. */
    GITHUB(
            SecretType.OPAQUE,
            Key.required(
                    "GITHUB_TOKEN",
                    "personal access token, or token of an app",
                    "gh[pousr]_[A-Za-z0-9_.-]{20,}|github_pat_[A-Za-z0-9_]{20,}|(v1\\.)?[0-9a-f]{40}",
                    "\"github_pat_\", \"ghp_\", \"gho_\", \"ghu_\", \"ghs_\" or \"ghr_\" and at least 20 letters,"
                            + " digits, '_', '.' or '-'")),

    /** Anthropic: {@code ANTHROPIC_API_KEY}. */
    ANTHROPIC(
            SecretType.OPAQUE,
            Key.required(
                    "ANTHROPIC_API_KEY",
                    "API key",
                    "sk-ant-[A-Za-z0-9_-]{20,}",
                    "\"sk-ant-\" and at least 20 letters, digits, '_' or '-'")),

    /** NVIDIA NGC, for NIM containers: {@code NGC_API_KEY}. */
    NVIDIA_NGC(
            SecretType.OPAQUE,
            Key.required(
                    "NGC_API_KEY",
                    "personal or legacy API key",
                    "nvapi-[A-Za-z0-9_-]{20,}|[A-Za-z0-9+/]{82,84}={0,2}",
                    "\"nvapi-\" and at least 20 letters, digits, '_' or '-'")),

    /** A container registry: the four keys of {@link SecretType#CONTAINER_REGISTRY}. */
    CONTAINER_REGISTRY(
            SecretType.CONTAINER_REGISTRY,
            Key.required(
                    "registry_server",
                    "host of the registry, such as iad.ocir.io",
                    "(https?://)?([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?"
                            + "(/[A-Za-z0-9._/-]*)?",
                    "a host such as iad.ocir.io or docker.io, with a port or a path if need be"),
            Key.required(
                    "username", "user, such as tenancy/user, or $oauthtoken for nvcr.io", "\\S+", "no white space"),
            Key.required(
                    "password",
                    "password, token, or the text of a key file",
                    "(?s)\\S(.*\\S)?[\\r\\n]*",
                    "no blanks or tabs around it"),
            Key.required("email", "address of the user", "[^@\\s]+@[^@\\s]+", "an address such as me@example.com"));

    private final SecretType type;

    /** An immutable list of immutable keys, which no annotation says. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Key> keys;

    SecretTemplate(SecretType type, Key... keys) {
        this.type = type;
        this.keys = List.of(keys);
    }

    /**
     * Returns the type of secrets made from this template.
     *
     * @return the type
     */
    public SecretType type() {
        return type;
    }

    /**
     * Returns the keys that such a secret has.
     *
     * @return the keys, in the order in which a form would ask for them
     */
    public List<Key> keys() {
        return keys;
    }

    /**
     * Starts a whole secret from this template.
     *
     * @param name the secret's name
     * @return a builder; not thread-safe
     */
    public StoredSecret.Builder secret(String name) {
        return StoredSecret.builder(name).template(this);
    }

    /** Looks at all keys that a secret is to have. */
    List<String> problemsOfKeys(Set<String> names) {
        List<String> problems = new ArrayList<>();
        for (Key key : keys) {
            if (key.isRequired() && !names.contains(key.name())) {
                problems.add("the template " + this + " needs the key " + key.name() + ", " + key.description());
            }
        }
        return problems;
    }

    /** Tells whether a secret with these keys can be one of this template. */
    boolean hasKeys(Set<String> names) {
        return problemsOfKeys(names).isEmpty()
                && keys.stream().map(Key::name).toList().containsAll(names);
    }

    List<String> problems(Map<String, String> values, boolean complete, boolean checkFormats) {
        List<String> problems = new ArrayList<>();
        int known = 0;
        for (Key key : keys) {
            String value = values.get(key.name());
            known += value == null ? 0 : 1;
            if (value == null && key.isRequired() && complete) {
                problems.add("the template " + this + " needs the key " + key.name() + ", " + key.description());
            } else if (value != null && checkFormats && !key.fits(value)) {
                problems.add("the value of key " + key.name() + " does not have the expected format: " + key.format()
                        + "; if it is right all the same, use withoutFormatCheck()");
            }
        }
        if (known < values.size()) {
            problems.add("the template " + this + " has the keys "
                    + String.join(", ", keys.stream().map(Key::name).toList()) + " and no others");
        }
        return problems;
    }

    /** One key of a template; immutable, holds no value. */
    public static final class Key {

        private final String name;
        private final String description;
        private final boolean required;
        private final Pattern pattern;
        private final String format;

        private Key(String name, String description, boolean required, String pattern, String format) {
            this.name = name;
            this.description = description;
            this.required = required;
            this.pattern = Pattern.compile(pattern);
            this.format = format;
        }

        private static Key required(String name, String description, String pattern, String format) {
            return new Key(name, description, true, pattern, format);
        }

        private static Key optional(String name, String description, String pattern, String format) {
            return new Key(name, description, false, pattern, format);
        }

        /**
         * Returns the key's name.
         *
         * @return the name
         */
        public String name() {
            return name;
        }

        /**
         * Returns what the key is for.
         *
         * @return words for people
         */
        public String description() {
            return description;
        }

        /**
         * Tells whether a secret must have the key.
         *
         * @return true if required, false if optional
         */
        public boolean isRequired() {
            return required;
        }

        /**
         * Returns the format that a value is expected to have.
         *
         * @return words for people
         */
        public String format() {
            return format;
        }

        boolean fits(@Nullable String value) {
            return value != null && pattern.matcher(value).matches();
        }

        /** Returns the key's name. */
        @Override
        public String toString() {
            return name;
        }
    }
}
