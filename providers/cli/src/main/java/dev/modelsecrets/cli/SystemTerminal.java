package dev.modelsecrets.cli;

import java.io.Console;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The terminal that the process has, {@code /dev/tty} where there is one, whatever the standard streams are. */
final class SystemTerminal implements Terminal {

    /** Set by the launcher: which of the descriptors 0, 1 and 2 are terminals, for example {@code 02}. */
    static final String PROPERTY = "modelsecrets.terminals";

    private static final Path DEVICE = Path.of("/dev/tty");
    private static final int LONGEST = 1 << 16;

    private final String descriptors = System.getProperty(PROPERTY, "");

    @Override
    public boolean isInput() {
        return descriptors.contains("0");
    }

    @Override
    public boolean isOutput() {
        return descriptors.contains("1");
    }

    @Override
    public boolean isError() {
        return descriptors.contains("2");
    }

    @Override
    public char[] readHidden(String prompt) throws IOException {
        if (!Files.exists(DEVICE)) {
            return readFromConsole(prompt);
        }
        try (FileOutputStream out = new FileOutputStream(DEVICE.toFile());
                FileInputStream in = new FileInputStream(DEVICE.toFile())) {
            Thread restore = new Thread(() -> echo(true));
            Runtime.getRuntime().addShutdownHook(restore);
            if (!echo(false)) {
                throw new IOException("its echo cannot be switched off (is there a program stty?)");
            }
            try {
                write(out, prompt);
                return readLine(in);
            } finally {
                echo(true);
                Runtime.getRuntime().removeShutdownHook(restore);
                write(out, "\n");
            }
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Windows; what it returns is checked.
    private static char[] readFromConsole(String prompt) throws IOException {
        Console console = System.console();
        char[] line = console == null ? null : console.readPassword("%s", prompt);
        if (line == null) {
            throw new IOException("there is none");
        }
        return line;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static char[] readLine(InputStream in) throws IOException {
        byte[] line = new byte[LONGEST];
        int length = 0;
        try {
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 || length == LONGEST) {
                    throw new IOException(next < 0 ? "it was closed" : "the line is too long");
                }
                line[length++] = (byte) next;
            }
            CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
            char[] text = new char[decoded.length()];
            decoded.get(text);
            Arrays.fill(decoded.array(), '\0');
            return text;
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static boolean echo(boolean on) {
        try {
            return new ProcessBuilder("stty", on ? "echo" : "-echo")
                            .redirectInput(Redirect.from(DEVICE.toFile()))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
