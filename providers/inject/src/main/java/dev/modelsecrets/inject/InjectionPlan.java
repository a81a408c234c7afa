package dev.modelsecrets.inject;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modelsecrets.standard.AuthSecretProvider;
import dev.modelsecrets.standard.EnvironmentSecretProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked injection together with the values, ready to be applied to child processes and directories.
 *
 * <p>Immutable and thread-safe, and usable any number of times. {@code toString} shows variables and paths only.
 */
public final class InjectionPlan {

    private final SecretInjection injection;
    private final transient Map<String, String> variables;
    private final transient Map<String, String> files;

    /** Takes ownership of the maps: the value for each variable and for each path. */
    InjectionPlan(SecretInjection injection, Map<String, String> variables, Map<String, String> files) {
        this.injection = injection;
        this.variables = Collections.unmodifiableMap(variables);
        this.files = Collections.unmodifiableMap(files);
    }

    /**
     * Gives the child process its variables and takes those away that were not granted.
     *
     * <p>From the environment of the builder, {@code AUTH_SECRET} and all variables that start with {@code
     * TRUSS_SECRET_} are removed unless the injection keeps them; then the variables of the injection are set. If the
     * injection expands arguments, {@code $(VAR)} in them becomes the value that the child will find in {@code VAR}.
     * <strong>Arguments are visible to every user of the machine.</strong> The program itself, the first element of the
     * command, is not expanded, because the JDK quotes it when it cannot be started. Apply a plan once to a builder: a
     * second time would expand what the first one left behind of {@code $$(VAR)}.
     *
     * @param process the builder of the child process; nobody else may use it meanwhile
     * @return the same builder
     * @throws SecretInjectionException if the expansion is strict and arguments refer to unknown variables, which the
     *     message names, or if an argument gets longer than the operating system allows; then nothing was applied
     */
    public ProcessBuilder applyTo(ProcessBuilder process) {
        Map<String, String> environment = process.environment();
        Map<String, String> granted = new HashMap<>(environment);
        granted.keySet().removeIf(this::isWithheld);
        granted.putAll(variables);
        List<String> command = expand(process.command(), granted);

        environment.keySet().removeIf(this::isWithheld);
        environment.putAll(variables);
        return process.command(command);
    }

    private boolean isWithheld(String variable) {
        return (variable.startsWith(EnvironmentSecretProvider.DEFAULT_PREFIX)
                        || variable.equals(AuthSecretProvider.VARIABLE))
                && !injection.keptInherited().contains(variable);
    }

    private List<String> expand(List<String> command, Map<String, String> environment) {
        if (injection.argumentExpansion() == ArgumentExpansion.OFF || command.isEmpty()) {
            return command;
        }
        References references = new References(environment);
        List<String> expanded = new ArrayList<>();
        expanded.add(command.get(0));
        for (String argument : command.subList(1, command.size())) {
            expanded.add(checkLength(references.expand(argument), argument));
        }
        Set<String> unknown = references.unknown();
        if (injection.argumentExpansion() == ArgumentExpansion.STRICT && !unknown.isEmpty()) {
            throw unknownReferences(unknown);
        }
        return expanded;
    }

    private static String checkLength(String expanded, String argument) {
        if (ChildEnvironment.ofThisMachine().isTooLong(expanded)) {
            throw new SecretInjectionException("the argument " + Quoted.of(argument)
                    + " is too long when it is expanded, nothing was applied: an argument may have 128 KiB on Linux");
        }
        return expanded;
    }

    private static SecretInjectionException unknownReferences(Set<String> unknown) {
        StringBuilder message = new StringBuilder()
                .append(unknown.size())
                .append(unknown.size() == 1 ? " variable" : " variables")
                .append(" in the arguments of the command cannot be expanded, nothing was applied:");
        for (String name : unknown) {
            message.append("\n  ").append(Quoted.of("$(" + name + ")"));
        }
        return new SecretInjectionException(message
                + "\nThe child process has no such variable. Map it to a secret, or write $$ where $ is meant.");
    }

    /**
     * Writes the files of the injection below a directory, in the layout of a Kubernetes secret volume.
     *
     * <p>See {@link SecretFiles} for what is written and how it is removed again.
     *
     * @param directory the directory; it is created if it is missing
     * @return what was written; close it when the reader is done
     * @throws SecretInjectionException if it cannot be written, or if the directory has an entry that is in the way;
     *     the message has the path and the reason, and nothing is left behind
     */
    public SecretFiles writeTo(Path directory) {
        return SecretFiles.write(this, directory);
    }

    SecretInjection injection() {
        return injection;
    }

    /** Returns the value for each path. */
    Map<String, String> files() {
        return files;
    }

    /** Returns the names of the variables and the paths of the files, never a value. */
    @Override
    @JsonValue
    public String toString() {
        return "InjectionPlan[variables=" + variables.keySet() + ", files=" + files.keySet() + "]";
    }
}
