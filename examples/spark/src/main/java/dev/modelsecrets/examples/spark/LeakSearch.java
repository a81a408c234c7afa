package dev.modelsecrets.examples.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Looks for a mark in bytes: as it is, in UTF-16, and in base64 at each of its three alignments. Not thread-safe. */
final class LeakSearch {

    private final List<String> forms = new ArrayList<>();
    private final List<String> leaks = new ArrayList<>();
    private int places;
    private long bytes;

    LeakSearch(String mark) {
        add(mark.getBytes(UTF_8));
        add(mark.getBytes(UTF_16LE));
        add(mark.getBytes(UTF_16BE));
    }

    private void add(byte[] raw) {
        forms.add(new String(raw, ISO_8859_1));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + raw.length];
            System.arraycopy(raw, 0, shifted, before, raw.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters at both ends also depend on the neighbours.
            int first = before == 0 ? 0 : before + 1;
            int last = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
            forms.add(text.substring(first, last));
        }
    }

    void bytes(String place, byte[] content) {
        places++;
        bytes += content.length;
        String text = new String(content, ISO_8859_1);
        if (forms.stream().anyMatch(text::contains)) {
            leaks.add(place);
        }
    }

    /** Looks through all files below a directory; those that vanish meanwhile are left out. */
    void files(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            try {
                bytes(directory.relativize(file).toString(), Files.readAllBytes(file));
            } catch (IOException e) {
                if (Files.exists(file)) {
                    throw e;
                }
            }
        }
    }

    /** Looks through the command line of each process that may be read; on Linux only. */
    void commandLines() throws IOException {
        Path proc = Path.of("/proc");
        if (!Files.isDirectory(proc)) {
            return;
        }
        List<Path> processes;
        try (Stream<Path> list = Files.list(proc)) {
            processes = list.filter(
                            path -> path.getFileName().toString().chars().allMatch(Character::isDigit))
                    .toList();
        }
        for (Path process : processes) {
            try {
                bytes(process + "/cmdline", Files.readAllBytes(process.resolve("cmdline")));
            } catch (IOException e) {
                // It ended, or is somebody else's.
            }
        }
    }

    List<String> leaks() {
        return List.copyOf(leaks);
    }

    int places() {
        return places;
    }

    long bytes() {
        return bytes;
    }
}
