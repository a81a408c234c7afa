package dev.modelsecrets.logging;

import dev.modelsecrets.jul.SecretRedaction;
import java.io.ByteArrayOutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** java.util.logging with a formatter. */
record JulBackend(String layout, Formatter formatter) implements Backend {

    @Override
    public String name() {
        return "java.util.logging";
    }

    @Override
    @SuppressWarnings("try") // The redaction is on as long as the block lasts.
    public String written(Shape shape) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StreamHandler handler = new StreamHandler(bytes, formatter);
        Logger logger = Logger.getLogger("com.acme.Model");
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try (SecretRedaction redaction = SecretRedaction.install(Shapes.SECRETS)) {
            handler.setEncoding("UTF-8");
            boolean logged = shape.logTo(new JulLog(logger));
            handler.close();
            return logged ? bytes.toString(StandardCharsets.UTF_8) : "";
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        } finally {
            logger.removeHandler(handler);
        }
    }

    private record JulLog(Logger logger) implements Log {

        @Override
        public void message(String text) {
            logger.info(text);
        }

        @Override
        public void argument(String before, Object argument) {
            logger.log(Level.INFO, before + "{0} and on", argument);
        }

        @Override
        public void thrown(Throwable failure) {
            logger.log(Level.SEVERE, "it failed", failure);
        }

        @Override
        public Optional<Runnable> context(String key, String value) {
            return Optional.empty();
        }

        @Override
        public Optional<Runnable> marker(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Runnable> pair(String key, Object value) {
            return Optional.empty();
        }
    }
}
