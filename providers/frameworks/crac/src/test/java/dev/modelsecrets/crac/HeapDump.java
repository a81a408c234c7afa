package dev.modelsecrets.crac;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The live objects of this process, and how often a text is among their bytes. */
final class HeapDump {

    /** Strings of ASCII are Latin-1; others, and arrays of characters, are UTF-16 in either order of bytes. */
    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE);

    private final Path file;

    private HeapDump(Path file) {
        this.file = file;
    }

    static HeapDump take(Path file) throws IOException {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        return new HeapDump(file);
    }

    int copiesOf(String text) throws IOException {
        int copies = 0;
        for (Charset encoding : ENCODINGS) {
            copies += copiesOf(text.getBytes(encoding));
        }
        return copies;
    }

    private int copiesOf(byte[] text) throws IOException {
        int copies = 0;
        byte[] buffer = new byte[1 << 20];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer, kept, buffer.length - kept);
                    read >= 0;
                    read = in.read(buffer, kept, buffer.length - kept)) {
                int end = kept + read;
                for (int i = 0; i + text.length <= end; i++) {
                    if (buffer[i] == text[0] && Arrays.equals(buffer, i, i + text.length, text, 0, text.length)) {
                        copies++;
                    }
                }
                kept = Math.min(end, text.length - 1);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        }
        return copies;
    }
}
