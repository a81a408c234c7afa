package dev.modelsecrets.remote;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A token in a file, such as a projected service account token or the sink of an agent. */
public final class TokenFile {

    private TokenFile() {}

    /**
     * Reads a token.
     *
     * @param what the kind of token for people, such as {@code the token file}
     * @param file the file
     * @return the token, without white space around it
     * @throws IOException if there is none; the message says why, and holds nothing of the file
     */
    public static String read(String what, Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(what + " " + file + (Files.exists(file) ? " cannot be read" : " does not exist"));
        }
        Optional<String> flaw = flaw(text);
        if (flaw.isPresent()) {
            throw new IOException(what + " " + file + " " + flaw.get());
        }
        return text;
    }

    /**
     * Says why a text cannot be a token, which would be blamed on the server otherwise.
     *
     * @param text the text
     * @return words to follow the name of what holds it; empty if it can be a token
     */
    public static Optional<String> flaw(String text) {
        if (text.isBlank()) {
            return Optional.of("is blank");
        }
        if (text.startsWith("\uFEFF")) {
            return Optional.of("begins with a byte order mark: save it as UTF-8 without one");
        }
        if (text.lines().count() > 1) {
            return Optional.of("has more than one line: it must hold the token and nothing else");
        }
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f)
                ? Optional.empty()
                : Optional.of("holds a character that no token has: it must be printable ASCII without spaces");
    }
}
