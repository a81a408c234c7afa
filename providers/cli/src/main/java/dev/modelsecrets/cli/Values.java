package dev.modelsecrets.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Takes a value from a file, from standard input, or from a prompt; never from an argument. */
final class Values {

    static final String LABEL = "@FILE|-";

    private static final int LARGEST = 1 << 20;

    private Values() {}

    /** Tells whether an argument says where a value is. */
    static boolean isSource(String argument) {
        return argument.equals("-") || argument.startsWith("@");
    }

    /**
     * Reads a value.
     *
     * @param source {@code @file}, {@code -} for standard input; if empty, a prompt at a terminal, else standard input
     */
    static String read(Call call, Optional<String> source, String what) throws IOException {
        if (source.isPresent() && source.get().startsWith("@")) {
            Path file = Call.path("the argument after @", source.get().substring(1));
            try (InputStream in = Files.newInputStream(file)) {
                return text(in, file.toString());
            }
        }
        if (source.isPresent() || !call.machine().terminal().isInput()) {
            return text(call.machine().in(), "standard input");
        }
        char[] typed = Prompt.hiddenTwice(call, what);
        String value = new String(typed);
        Arrays.fill(typed, '\0');
        return checked(value, "what was typed");
    }

    private static String text(InputStream in, String place) throws IOException {
        byte[] bytes;
        try {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (IOException e) {
            throw CommandException.failed(place + " cannot be read: " + Failure.reason(e));
        }
        if (bytes.length > LARGEST) {
            throw CommandException.failed(place + " is larger than 1 MiB");
        }
        try {
            return checked(
                    withoutLineEnd(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString()),
                    place);
        } catch (CharacterCodingException e) {
            throw CommandException.failed(place + " is not UTF-8");
        }
    }

    private static String checked(String value, String place) {
        if (value.isBlank()) {
            throw CommandException.failed(place + " is blank; nothing was stored");
        }
        return value;
    }

    /** A text of one line loses its line break, as a mounted file does. */
    private static String withoutLineEnd(String text) {
        int first = text.indexOf('\n');
        if (first < 0 || first < text.length() - 1) {
            return text;
        }
        return text.substring(0, first > 0 && text.charAt(first - 1) == '\r' ? first - 1 : first);
    }
}
