package dev.modelsecrets.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/**
 * A command with its arguments, taken apart.
 *
 * @param arguments the arguments
 * @param machine the machine
 * @param output where answers go
 * @param diagnostics where warnings go
 */
record Call(ParseResult arguments, Machine machine, Output output, Diagnostics diagnostics) {

    boolean has(String option) {
        return arguments.hasMatchedOption(option);
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(arguments.matchedOptionValue(option, (String) null));
    }

    List<String> texts(String option) {
        return arguments.matchedOptionValue(option, List.of());
    }

    /** Returns the parts of all occurrences of an option that takes {@code a,b}. */
    List<String> names(String option) {
        Set<String> names = new LinkedHashSet<>();
        for (String list : texts(option)) {
            for (String name : list.split(",", -1)) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
        }
        return List.copyOf(names);
    }

    /** Returns the pairs of an option that takes {@code key=value} and may be repeated. */
    Map<String, String> pairs(String option) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : texts(option)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw CommandException.usage(option + " takes two parts with = between them");
            }
            if (pairs.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw CommandException.usage(option + " is given twice for " + pair.substring(0, equals));
            }
        }
        return pairs;
    }

    Optional<Path> path(String option) {
        Optional<String> text = text(option);
        return text.isPresent() ? Optional.of(path(option, text.get())) : Optional.empty();
    }

    static Path path(String what, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw CommandException.usage(what + " is not a path");
        }
    }

    /** Returns the parameters in order. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        for (var positional : arguments.matchedPositionals()) {
            parameters.addAll(positional.stringValues());
        }
        return parameters;
    }

    Optional<String> parameter(int index) {
        List<String> all = parameters();
        return index < all.size() ? Optional.of(all.get(index)) : Optional.empty();
    }

    Optional<Path> pathParameter(int index) {
        Optional<String> text = parameter(index);
        return text.isPresent() ? Optional.of(path("an argument", text.get())) : Optional.empty();
    }

    String required(int index) {
        return parameter(index).orElseThrow();
    }
}
