package dev.modelsecrets.examples.secretsapi;

import dev.modelsecrets.SecretDeclarations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The file of bearer tokens: a line {@code name role sha256:hash} for each.
 *
 * <p>A token is 32 random bytes, so that one round of SHA-256 protects it as well as many would. The file is read at
 * each request: a line that is removed stops counting at once. Thread-safe.
 */
final class Tokens {

    private static final String ALGORITHM = "sha256:";

    private final Path file;

    Tokens(Path file) {
        this.file = file;
    }

    /**
     * Finds who holds a token.
     *
     * @param token what the client sent
     * @return the caller, or empty if there is no such token
     * @throws IOException if the file cannot be read, or a line of it is not a token
     */
    Optional<Caller> find(String token) throws IOException {
        byte[] hash = hash(token).getBytes(StandardCharsets.US_ASCII);
        Optional<Caller> found = Optional.empty();
        for (Line line : read()) {
            // All of them are compared, so that the time says nothing.
            if (MessageDigest.isEqual(hash, line.hash().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(line.caller());
            }
        }
        return found;
    }

    /**
     * Makes a token.
     *
     * @param name the name of its holder; the rules for names of secrets apply
     * @param role what the holder may do
     * @return the token, which only the holder keeps, or empty if the name is taken
     * @throws IOException if the file cannot be written
     */
    Optional<String> add(String name, Role role) throws IOException {
        SecretDeclarations.checkName(name);
        return locked(() -> addLine(name, role));
    }

    private Optional<String> addLine(String name, Role role) throws IOException {
        List<Line> lines = new ArrayList<>(Files.exists(file) ? read() : List.of());
        if (lines.stream().anyMatch(line -> line.caller().name().equals(name))) {
            return Optional.empty();
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        lines.add(new Line(new Caller(name, role), hash(token)));
        write(lines);
        return Optional.of(token);
    }

    /**
     * Removes a token.
     *
     * @param name the name of its holder
     * @return false if there is no such token
     * @throws IOException if the file cannot be written
     */
    boolean remove(String name) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return locked(() -> removeLine(name));
    }

    private boolean removeLine(String name) throws IOException {
        List<Line> lines = new ArrayList<>(read());
        boolean removed = lines.removeIf(line -> line.caller().name().equals(name));
        if (removed) {
            write(lines);
        }
        return removed;
    }

    private List<Line> read() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(Line.parse(text)
                        .orElseThrow(() ->
                                new IOException("a line of " + file + " is not: name role " + ALGORITHM + "hash")));
            }
        }
        return lines;
    }

    /** One change of the file. */
    @FunctionalInterface
    private interface Change<T> {

        T make() throws IOException;
    }

    /** Makes a change while nobody else makes one, so that a token that is taken away does not come back with it. */
    private <T> T locked(Change<T> change) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (Tokens.class) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                assert held.isValid();
                return change.make();
            }
        }
    }

    private void write(List<Line> lines) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        PrivateFiles.write(
                temporary, String.join("", lines.stream().map(Line::text).toList()));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private record Line(Caller caller, String hash) {

        static Optional<Line> parse(String text) {
            String[] parts = text.strip().split("\\s+", 4);
            if (parts.length != 3 || !parts[2].matches(ALGORITHM + "[0-9a-f]{64}")) {
                return Optional.empty();
            }
            String hash = parts[2].substring(ALGORITHM.length());
            return Role.of(parts[1]).map(role -> new Line(new Caller(parts[0], role), hash));
        }

        String text() {
            return caller.name() + " " + caller.role().id() + " " + ALGORITHM + hash + "\n";
        }
    }
}
