package dev.modelsecrets.testing.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Writes the documents that providers read. */
final class Documents {

    private Documents() {}

    /** Writes a file that only its owner can read. */
    static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Writes a {@code secrets:} map. */
    static void writeYaml(Path file, Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder("secrets:\n");
        values.forEach((name, value) -> text.append("  ")
                .append(quote(name))
                .append(": ")
                .append(quote(value))
                .append('\n'));
        write(file, text.toString());
    }

    /** Returns a JSON object. */
    static String json(Map<String, String> values) {
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> text.append(text.length() > 1 ? ", " : "")
                .append(quote(name))
                .append(": ")
                .append(quote(value)));
        return text.append('}').toString();
    }

    /** Quotes as both JSON and YAML do. */
    private static String quote(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + '"';
    }
}
