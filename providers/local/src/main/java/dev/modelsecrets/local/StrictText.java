package dev.modelsecrets.local;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Decodes what programs write and what other secrets hold: strict UTF-8, up to a limit. */
final class StrictText {

    private static final int LARGEST = 1 << 20;

    /** The most that a program may write. */
    static final int LARGEST_OUTPUT = 16 << 20;

    /** Bytes cannot be used; the message follows the name of what they are, and holds nothing of them. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String problem) {
            super(problem, null, false, false);
        }

        String problem() {
            return String.valueOf(getMessage());
        }
    }

    private StrictText() {}

    /** Decodes what was read from a command. */
    static String decode(byte[] bytes) throws UnreadableException {
        return decode(bytes, LARGEST);
    }

    /** Decodes several values at once, one on each line. */
    static List<String> decodeLines(byte[] bytes) throws UnreadableException {
        return decode(bytes, LARGEST_OUTPUT).lines().toList();
    }

    /** Decodes a document of several values. */
    static String decodeDocument(byte[] bytes) throws UnreadableException {
        return decode(bytes, LARGEST_OUTPUT);
    }

    private static String decode(byte[] bytes, int limit) throws UnreadableException {
        if (bytes.length > limit) {
            throw new UnreadableException("is larger than " + (limit >> 20) + " MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableException("is not valid UTF-8: store binary data as base64");
        }
    }

    /** Removes the one line break that ends a text of a single line, as editors and {@code echo} write it. */
    static String withoutFinalLineBreak(String text) {
        int end = text.length();
        if (text.endsWith("\r\n")) {
            end -= 2;
        } else if (text.endsWith("\n")) {
            end -= 1;
        }
        String line = text.substring(0, end);
        return line.indexOf('\n') < 0 ? line : text;
    }
}
