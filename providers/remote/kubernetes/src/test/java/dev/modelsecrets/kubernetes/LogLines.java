package dev.modelsecrets.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Listens to the library's log, for the lines that hold a word of this test's own. */
final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("dev.modelsecrets");
    private final String word;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines(String word) {
        this.word = word;
        logger.addHandler(this);
    }

    List<String> lines() {
        return lines;
    }

    /** Waits for the first line. */
    String first() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (lines.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        return lines.isEmpty() ? "nothing was logged" : lines.get(0);
    }

    @Override
    public void publish(LogRecord line) {
        String message = new SimpleFormatter().formatMessage(line);
        if (message.contains(word)) {
            lines.add(message);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
