package dev.modelsecrets.store;

import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import dev.modelsecrets.store.internal.JsonLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines that says who changed what in a store, each line bound to the one before.
 *
 * <p>The last field of a line is the HMAC of what stands before it, which includes the HMAC of the previous line. Each
 * line has the generation of the store that it belongs to, so that a store file from before is noticed.
 */
final class AuditLog {

    private static final String MAC = ",\"mac\":\"";
    private static final String END = "\"}";
    private static final int TAIL = 64 << 10;

    /**
     * A line of this kind stands for changes whose lines are missing: their writer was killed, or lines were removed.
     */
    static final String UNLOGGED = "unlogged";

    static final String DONE = "done";

    /** An event, who caused it and what became of it. */
    record Line(AuditEvent event, String principal, long version, String outcome) {}

    /** The last line of the file: what the next one is bound to. */
    record Last(String mac, long generation) {

        static final Last NONE = new Last("", 0);
    }

    private final Path file;
    private final Path store;

    /**
     * Keeps the log of a store.
     *
     * @param store the store's file, whose owner a new log belongs to
     */
    AuditLog(Path file, Path store) {
        this.file = file.toAbsolutePath();
        this.store = store;
    }

    /**
     * Reads the last whole line of the end of the file.
     *
     * @throws DamagedAuditLogException if it was altered, or is of another store
     */
    Last last(byte[] tail, DataKey key) {
        int end = lastIndexOf(tail, tail.length);
        if (end < 0) {
            return Last.NONE;
        }
        int start = lastIndexOf(tail, end) + 1;
        return read(Arrays.copyOfRange(tail, start, end), key, "its last line");
    }

    /** Reads the end of the file: at least its last whole line. */
    byte[] tail() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long length = TAIL;
            byte[] tail = read(channel, size, length);
            while (length < size && lastIndexOf(tail, Math.max(0, lastIndexOf(tail, tail.length))) < 0) {
                length *= 4;
                tail = read(channel, size, length);
            }
            return tail;
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "the audit log " + file + " cannot be read: " + StoreFailures.reason(e));
        }
    }

    private static byte[] read(FileChannel channel, long size, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(Math.min(length, size)));
        long position = size - buffer.capacity();
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // Go on.
        }
        return buffer.array();
    }

    private static int lastIndexOf(byte[] bytes, int before) {
        int i = before - 1;
        while (i >= 0 && bytes[i] != '\n') {
            i--;
        }
        return i;
    }

    private Last read(byte[] line, DataKey key, String which) {
        int end = line.length - END.length();
        int start = end - 44 - MAC.length();
        if (start > 0) {
            byte[] content = Arrays.copyOf(line, start);
            String mac = Base64.getEncoder().encodeToString(key.auditMac(content));
            String rest = new String(line, start, line.length - start, StandardCharsets.UTF_8);
            if (rest.equals(MAC + mac + END)) {
                return new Last(mac, generation(line, which));
            }
        }
        throw new DamagedAuditLogException("the audit log " + file + " was altered or belongs to another store: "
                + which + " has a wrong checksum");
    }

    private long generation(byte[] line, String which) {
        return Long.parseLong(field(line, "generation", which));
    }

    private String field(byte[] line, String name, String which) {
        try {
            Node field = Json.parse(new String(line, StandardCharsets.UTF_8)).get(name);
            if (field != null) {
                return field.text();
            }
        } catch (MalformedJsonException e) {
            // Said below.
        }
        throw new DamagedAuditLogException("the audit log " + file + " cannot be understood: " + which);
    }

    /**
     * Appends lines after the last whole one; what a killed writer left of a line is cut off.
     *
     * @throws IOException if they cannot be written
     */
    void append(List<Line> lines, Last last, Instant time, long generation, DataKey key) throws IOException {
        Last next = last;
        JsonLine json = new JsonLine();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Line line : lines) {
            byte[] content = content(json, line, next, time, generation);
            String mac = Base64.getEncoder().encodeToString(key.auditMac(content));
            text.writeBytes(content);
            text.writeBytes((MAC + mac + END + "\n").getBytes(StandardCharsets.UTF_8));
            next = new Last(mac, generation);
        }
        try (FileChannel channel = open()) {
            byte[] tail = tail();
            long end = channel.size() - (tail.length - 1 - lastIndexOf(tail, tail.length));
            channel.truncate(end);
            ByteBuffer buffer = ByteBuffer.wrap(text.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer, end + buffer.position());
            }
            channel.force(true);
        }
    }

    /**
     * Opens the file, and makes it if it is missing: before a change is made that could not be logged otherwise.
     *
     * @throws IOException if it cannot be written
     */
    FileChannel open() throws IOException {
        boolean isNew = !Files.exists(file);
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Ownership.ownerOnly(file));
        try {
            if (isNew) {
                Ownership.copy(store, file);
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns a line up to the comma before its checksum. */
    private static byte[] content(JsonLine json, Line line, Last last, Instant time, long generation) {
        json.object().field("time", time).field("principal", line.principal).field("verb", line.event.verb());
        if (!line.event.deployment().isEmpty()) {
            json.field("deployment", line.event.deployment());
        }
        if (!line.event.secret().isEmpty()) {
            json.field("secret", line.event.secret()).array("keys");
            line.event.keys().forEach(json::item);
            json.endArray().field("version", line.version);
        }
        return json.field("outcome", line.outcome)
                .field("generation", generation)
                .field("previous", last.mac)
                .take();
    }

    /**
     * Verifies every line.
     *
     * @return how many there are
     * @throws DamagedAuditLogException if one was altered, removed or added
     */
    long verify(DataKey key) {
        if (!Files.exists(file)) {
            return 0;
        }
        long count = 0;
        String previous = "";
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (byte @Nullable [] line = readLine(in); line != null; line = readLine(in)) {
                count++;
                String which = "line " + count;
                Last read = read(line, key, which);
                if (!field(line, "previous", which).equals(previous)) {
                    throw new DamagedAuditLogException(
                            "the audit log " + file + " was altered: " + which + " does not follow the one before it");
                }
                previous = read.mac;
            }
            return count;
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "the audit log " + file + " cannot be read: " + StoreFailures.reason(e));
        }
    }

    /** Returns the next line without its end, or null if there is no other whole one. */
    private static byte @Nullable [] readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return line.toByteArray();
            }
            line.write(next);
        }
        return null;
    }

    /** Returns the file. */
    @Override
    public String toString() {
        return "audit log " + file;
    }
}
