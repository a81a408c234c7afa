package dev.modelsecrets.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * Writes secrets as a {@code .env} file that {@link DotEnvSecretProvider} reads back unchanged, and refuses what cannot
 * be.
 *
 * <pre>{@code
 * DotEnvWriter.write(resolver.resolve("HF_TOKEN", "tls_key"), Path.of(".env"));
 * }</pre>
 *
 * <p>A value is written in the plainest form that keeps it: as it is, in single quotes, or in double quotes with escape
 * sequences. The first two are read alike by Docker Compose, python-dotenv and the dotenv of Node and Ruby; the last
 * one by Docker Compose and, as far as the module's README says, by the others.
 */
public final class DotEnvWriter {

    private DotEnvWriter() {}

    /**
     * Writes a file that only its owner can read, in place of one that may be there.
     *
     * @param values names and values; a {@link dev.modelsecrets.Secrets} is such a map
     * @param file the file
     * @throws IllegalArgumentException if a name or value cannot be written back; nothing is written then
     * @throws IOException if the file cannot be written
     */
    public static void write(Map<String, String> values, Path file) throws IOException {
        byte[] bytes = format(values).getBytes(StandardCharsets.UTF_8);
        Path target = file.toAbsolutePath();
        Path temporary = Files.createTempFile(target.getParent(), ".env", ".tmp", ownerOnly(target));
        try {
            try (WritableByteChannel out =
                    Files.newByteChannel(temporary, Set.of(StandardOpenOption.WRITE, StandardOpenOption.SYNC))) {
                for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                    out.write(buffer);
                }
            }
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Returns the text of a file, one variable after the other.
     *
     * @param values names and values, in order
     * @return the text, which holds the values
     * @throws IllegalArgumentException if a name or value cannot be written back; the message names it, never the value
     */
    public static String format(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(line(name, value)).append('\n'));
        return text.toString();
    }

    private static String line(String name, String value) {
        if (!name.matches("[-._A-Za-z0-9]+")) {
            throw new IllegalArgumentException("a name cannot be that of a variable in a .env file");
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException("the value of " + name + " is blank: read back, it would be absent");
        }
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the value of " + name + " holds the character NUL, which no variable can");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(
                    "the value of " + name + " holds half of a surrogate pair, which is not valid text");
        }
        String line = name + "=" + written(value);
        try {
            DotEnvVariable back = DotEnvParser.parse(line).get(name);
            if (back != null && value.equals(back.value())) {
                return line;
            }
        } catch (DotEnvSyntaxException e) {
            // Said below, for whatever reason it is.
        }
        throw new IllegalArgumentException("the value of " + name + " cannot be written to a .env file");
    }

    private static String written(String value) {
        if (value.matches("[-_./:@%+,=A-Za-z0-9]+")) {
            return value;
        }
        // What all readers take literally in single quotes.
        if (value.indexOf('\'') < 0 && !value.contains("\\\\") && !value.endsWith("\\") && value.indexOf('\r') < 0) {
            return "'" + value + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\', '"', '$' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
