package dev.modelsecrets.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Names and values as bytes, the one form in which values cross Spark's RPC.
 *
 * <p>Bytes, because Spark reads a message with a class loader that does not know the jars of {@code spark.jars}; and
 * because neither a log nor a {@code toString} shows what is in them. Nothing else here can be serialised.
 */
final class HandedOver {

    private HandedOver() {}

    static byte[] write(Map<String, String> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(values.size());
            for (Map.Entry<String, String> entry : values.entrySet()) {
                write(entry.getKey(), out);
                write(entry.getValue(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /** @throws IOException if the bytes are not those of {@link #write} */
    static Map<String, String> read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Map<String, String> values = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            values.put(readText(in), readText(in));
        }
        return values;
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] utf8 = in.readNBytes(Math.max(0, length));
        if (utf8.length != length) {
            throw new IOException("a truncated text");
        }
        return new String(utf8, UTF_8);
    }
}
