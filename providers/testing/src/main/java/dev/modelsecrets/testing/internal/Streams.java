package dev.modelsecrets.testing.internal;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * System.out, System.err and the root logger while at least one test is watched; all are put back after the last one.
 *
 * <p>One tee for each stream is put in place once, however many tests are watched at a time: whose output it is, {@link
 * LeakWatch} decides by the thread. The tees are kept for the next time, because loggers may have got hold of them.
 */
final class Streams {

    private static int users;
    private static @Nullable Tee out;
    private static @Nullable Tee err;
    private static final Handler LOG = new LogHandler();

    private Streams() {}

    @SuppressWarnings("SystemOut")
    static synchronized void install() {
        users++;
        if (out == null || System.out != out.stream) {
            out = Tee.on("System.out", System.out, out);
            System.setOut(out.stream);
        }
        if (err == null || System.err != err.stream) {
            err = Tee.on("System.err", System.err, err);
            System.setErr(err.stream);
        }
        Logger root = Logger.getLogger("");
        if (!Arrays.asList(root.getHandlers()).contains(LOG)) {
            root.addHandler(LOG);
        }
    }

    static synchronized void uninstall() {
        users--;
        if (users > 0) {
            return;
        }
        // What somebody else has put in place meanwhile, perhaps around the tee, stays.
        if (out != null && System.out == out.stream) {
            System.setOut(out.target);
        }
        if (err != null && System.err == err.stream) {
            System.setErr(err.target);
        }
        Logger.getLogger("").removeHandler(LOG);
    }

    /** Passes on everything to the stream that was there before, and a copy to the test that it belongs to. */
    private static final class Tee extends OutputStream {

        final String name;
        final PrintStream target;
        final Charset charset;
        final PrintStream stream;
        private volatile boolean retired;

        private Tee(String name, PrintStream target) {
            this.name = name;
            this.target = target;
            charset = charsetOf(target);
            stream = new PrintStream(this, true, charset);
        }

        /** Returns the earlier tee if it is for the same stream. */
        static Tee on(String name, PrintStream target, @Nullable Tee earlier) {
            if (earlier != null) {
                if (earlier.target == target) {
                    return earlier;
                }
                // It may be inside the new target: one copy of each text is enough.
                earlier.retired = true;
            }
            return new Tee(name, target);
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            target.write(bytes, offset, count);
            Capture capture = retired ? null : LeakWatch.current();
            if (capture != null) {
                capture.print(name, bytes, offset, count, charset);
            }
        }

        @Override
        public void flush() {
            target.flush();
        }

        /** Asks the stream, which tells from JDK 18 on. */
        private static Charset charsetOf(PrintStream stream) {
            try {
                return (Charset) PrintStream.class.getMethod("charset").invoke(stream);
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                return Charset.defaultCharset();
            }
        }
    }

    /** Gives log records to the test that they belong to, whatever is done with them otherwise. */
    private static final class LogHandler extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            Capture capture = LeakWatch.current();
            if (capture == null) {
                return;
            }
            StringWriter text = new StringWriter();
            text.append(String.valueOf(formatter.formatMessage(record)));
            if (record.getThrown() != null) {
                text.append('\n');
                record.getThrown().printStackTrace(new PrintWriter(text));
            }
            capture.log("logger " + record.getLoggerName() + ", " + record.getLevel(), text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
