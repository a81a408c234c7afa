package dev.modelsecrets.testing.internal;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/** What one test printed and logged, and the secrets that must not be in it. Thread-safe. */
final class Capture {

    /** Text is looked through in pieces of about this size, so that a chatty test needs no more memory. */
    private static final int PIECE = 1 << 20;

    private final Thread thread = Thread.currentThread();
    private final @Nullable ForkJoinPool pool =
            Thread.currentThread() instanceof ForkJoinWorkerThread worker ? worker.getPool() : null;
    private final int minimumLength;
    private final boolean parallel;
    private final @Nullable Capture before;

    // All below are guarded by this, the flag aside.
    private volatile boolean live = true;
    private final List<Map<String, String>> values = new ArrayList<>();
    private final List<Redactor> redactors = new ArrayList<>();
    private final Map<String, Transcript> transcripts = new LinkedHashMap<>();
    private final Set<String> leaks = new LinkedHashSet<>();

    /** Set while redactors are made, which warn of short values, on this very thread. */
    private boolean preparing;

    Capture(int minimumLength, boolean parallel, @Nullable Capture before) {
        this.minimumLength = minimumLength;
        this.parallel = parallel;
        this.before = before;
    }

    Thread thread() {
        return thread;
    }

    @Nullable
    ForkJoinPool pool() {
        return pool;
    }

    boolean isParallel() {
        return parallel;
    }

    /** Returns the capture that was in force on the thread before this one. */
    @Nullable
    Capture before() {
        return before;
    }

    boolean isLive() {
        return live;
    }

    synchronized void remember(Map<String, String> more) {
        if (!values.contains(more)) {
            values.add(Map.copyOf(more));
        }
    }

    /** Returns redactors for all values, made only once there is text to look through: most tests print nothing. */
    private List<Redactor> redactors() {
        preparing = true;
        while (redactors.size() < values.size()) {
            redactors.add(Secrets.of(values.get(redactors.size())).redactor(minimumLength));
        }
        preparing = false;
        return redactors;
    }

    /** Takes a piece of a stream. */
    synchronized void print(String stream, byte[] bytes, int offset, int count, Charset charset) {
        if (live && !preparing) {
            Transcript transcript = transcripts.computeIfAbsent(stream, unused -> new Transcript());
            transcript.unread.write(bytes, offset, count);
            if (transcript.unread.size() > PIECE && endsLine(bytes, offset, count)) {
                read(stream, transcript, charset);
            }
            transcript.charset = charset;
        }
    }

    private static boolean endsLine(byte[] bytes, int offset, int count) {
        return count > 0 && bytes[offset + count - 1] == '\n';
    }

    /** Takes a log record. */
    synchronized void log(String where, String text) {
        if (live && !preparing) {
            for (Redactor redactor : redactors()) {
                for (Redactor.Finding finding : redactor.find(text)) {
                    leaks.add(finding.name() + "  " + where);
                }
            }
        }
    }

    /** Ends the capture and returns a line for each leak: the secret's name and where it was. */
    synchronized List<String> end() {
        live = false;
        for (Map.Entry<String, Transcript> transcript : transcripts.entrySet()) {
            read(transcript.getKey(), transcript.getValue(), transcript.getValue().charset);
        }
        return List.copyOf(leaks);
    }

    private void read(String stream, Transcript transcript, Charset charset) {
        String text = transcript.unread.toString(charset);
        transcript.unread.reset();
        for (Redactor redactor : redactors()) {
            int number = transcript.linesRead + 1;
            int position = 0;
            for (Redactor.Finding finding : redactor.find(text)) {
                number += lines(text, position, finding.position());
                position = finding.position();
                leaks.add(finding.name() + "  " + stream + ", line " + number);
            }
        }
        transcript.linesRead += lines(text, 0, text.length());
    }

    private static int lines(String text, int start, int end) {
        int lines = 0;
        for (int i = start; i < end; i++) {
            lines += text.charAt(i) == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** One stream's text that was not looked through yet. */
    private static final class Transcript {

        final ByteArrayOutputStream unread = new ByteArrayOutputStream();
        int linesRead;
        Charset charset = Charset.defaultCharset();
    }
}
