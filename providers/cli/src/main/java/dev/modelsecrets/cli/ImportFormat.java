package dev.modelsecrets.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What secrets are imported from. */
enum ImportFormat {
    DOTENV,
    JSON,
    KUBERNETES,
    DIRECTORY,
    PKCS12;

    static ImportFormat of(Optional<String> named, Path source) {
        if (named.isPresent()) {
            for (ImportFormat format : values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(named.get())) {
                    return format;
                }
            }
            throw CommandException.usage("--from is dotenv, json, kubernetes, directory or pkcs12");
        }
        String name = String.valueOf(source.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(source)) {
            return DIRECTORY;
        }
        if (name.endsWith(".json")) {
            return JSON;
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return KUBERNETES;
        }
        return name.endsWith(".p12") || name.endsWith(".pfx") ? PKCS12 : DOTENV;
    }
}
