package dev.modelsecrets.inject;

import dev.modelsecrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One check of an injection against resolved secrets; collects every problem. Not thread-safe; made for one call. */
final class Planner {

    /** What {@code MountedSecretProvider} reads at most. */
    private static final int LARGEST_FILE = 1 << 20;

    private static final Pattern EXPORTABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final SecretInjection injection;
    private final Secrets secrets;
    private final ChildEnvironment environment;

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> variableToSecret = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> pathToSecret = new LinkedHashMap<>();

    private final Set<String> problems = new LinkedHashSet<>();
    private boolean anyMissing;

    Planner(SecretInjection injection, Secrets secrets, ChildEnvironment environment) {
        this.injection = injection;
        this.secrets = Objects.requireNonNull(secrets, "secrets");
        this.environment = environment;
    }

    InjectionPlan plan() {
        for (SecretInjection.Variable variable : injection.variables()) {
            add(variable);
        }
        for (SecretInjection.File file : injection.files()) {
            add(file);
        }
        for (String path : pathToSecret.keySet()) {
            checkNotNested(path);
        }
        if (!problems.isEmpty()) {
            throw new SecretInjectionException(message());
        }
        return new InjectionPlan(injection, variables, files);
    }

    private void add(SecretInjection.Variable variable) {
        boolean exportable = EXPORTABLE.matcher(variable.name()).matches();
        String subject = "variable " + (exportable ? variable.name() : Quoted.of(variable.name()));
        if (!exportable) {
            problem(subject, "no shell can export this name; allowed is " + EXPORTABLE);
        }
        @Nullable String value = valueOf(variable.secret(), subject);
        if (value == null) {
            return;
        }
        if (value.indexOf('\0') >= 0) {
            problem(subject, valueWords(variable.secret()) + "has a NUL character, which no variable can hold");
        } else if (isUnicode(value, variable.secret(), subject)
                && !environment.encodable().test(value)) {
            problem(
                    subject,
                    valueWords(variable.secret()) + "has characters that the locale of this JVM has no encoding for;"
                            + " start the JVM with LC_ALL=C.UTF-8");
        }
        if (environment.isTooLong(variable.name() + "=" + value)) {
            problem(
                    subject,
                    valueWords(variable.secret()) + "is too long: a variable may have 128 KiB on Linux, its name"
                            + " included; write it to a file");
        }
        @Nullable String other = variableToSecret.putIfAbsent(variable.name(), variable.secret());
        if (other != null && !value.equals(variables.get(variable.name()))) {
            problem(subject, "the secrets " + other + " and " + variable.secret() + " have different values");
        }
        variables.putIfAbsent(variable.name(), value);
    }

    private void add(SecretInjection.File file) {
        String subject = "file " + Quoted.of(file.path());
        @Nullable String pathProblem = RelativePath.problem(file.path());
        if (pathProblem != null) {
            problem(subject, pathProblem);
        } else {
            @Nullable String other = pathToSecret.putIfAbsent(file.path(), file.secret());
            if (other != null) {
                problem(
                        subject,
                        other.equals(file.secret())
                                ? "the secret " + other + " is to be written there twice"
                                : "the secrets " + other + " and " + file.secret() + " are to be written there");
            }
        }
        @Nullable String value = valueOf(file.secret(), subject);
        if (value == null) {
            return;
        }
        if (isUnicode(value, file.secret(), subject) && value.getBytes(StandardCharsets.UTF_8).length > LARGEST_FILE) {
            problem(subject, valueWords(file.secret()) + "is over 1 MiB, the most that a secret file may have");
        }
        files.put(file.path(), value);
    }

    private void checkNotNested(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            String above = path.substring(0, end);
            @Nullable String secret = pathToSecret.get(above);
            if (secret != null) {
                problem(
                        "file " + Quoted.of(path),
                        "lies below " + Quoted.of(above) + ", which is the file of the secret " + secret);
            }
        }
    }

    private @Nullable String valueOf(String secret, String subject) {
        @Nullable String value = secrets.get(secret);
        if (value == null) {
            problem(subject, "the secret " + secret + " is not among the resolved secrets" + nearMiss(secret));
            anyMissing = true;
        }
        return value;
    }

    /** Whoever resolves the keys of one secret has them under their own names. */
    private String nearMiss(String secret) {
        String key = secret.substring(secret.indexOf('.') + 1);
        return key.equals(secret) || !secrets.containsKey(key)
                ? ""
                : " (" + key + " is: take that name, or map " + secret + " to it)";
    }

    private boolean isUnicode(String value, String secret, String subject) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            return true;
        }
        problem(subject, valueWords(secret) + "has half of a surrogate pair, which no encoding can hold");
        return false;
    }

    private static String valueWords(String secret) {
        return "the value of the secret " + secret + " ";
    }

    private void problem(String subject, String problem) {
        problems.add(subject + ": " + problem);
    }

    private String message() {
        StringBuilder message = new StringBuilder()
                .append(problems.size())
                .append(problems.size() == 1 ? " problem" : " problems")
                .append(" in the secret injection, nothing was applied:");
        for (String problem : problems) {
            message.append("\n  ").append(problem);
        }
        if (anyMissing) {
            message.append(secrets.isEmpty() ? "\nNo secret is resolved" : "\nResolved are ")
                    .append(Quoted.list(secrets.keySet()))
                    .append(". Resolve the declarations() of the injection.");
        }
        return message.toString();
    }
}
