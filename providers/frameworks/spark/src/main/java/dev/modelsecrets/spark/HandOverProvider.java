package dev.modelsecrets.spark;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The executor's end of the hand-over: asks the driver, and keeps nothing but what the snapshot holds. Thread-safe. */
final class HandOverProvider implements SecretProvider {

    private static final String NAME = "driver";

    private final Questions driver;

    /** Asks the driver's plugin one question and waits for the answer. */
    @FunctionalInterface
    interface Questions {

        Object ask(Object question) throws Exception;
    }

    HandOverProvider(Questions driver) {
        this.driver = driver;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Lookup> find(Set<String> names) {
        String[] question = new String[names.size() + 1];
        question[0] = HandOver.VALUES;
        System.arraycopy(names.toArray(new String[0]), 0, question, 1, names.size());
        Map<String, String> values = values(ask(question));
        Map<String, Lookup> answers = new LinkedHashMap<>();
        for (String name : names) {
            String value = values.get(name);
            answers.put(
                    name,
                    value == null
                            ? Lookup.absent("the driver has no such secret")
                            : Lookup.found(value, "handed over by the driver"));
        }
        return answers;
    }

    private static Map<String, String> values(Object answer) {
        if (answer instanceof byte[] bytes) {
            try {
                return HandedOver.read(bytes);
            } catch (IOException e) {
                throw new SecretProviderException(NAME, "gave an answer that cannot be read");
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
        throw new SecretProviderException(NAME, "gave an answer of another version of this library");
    }

    /** Returns the number of the driver's generation: a small message in place of the values. */
    @Override
    public Optional<Object> version() {
        return Optional.of(ask(new String[] {HandOver.VERSION}));
    }

    private Object ask(String[] question) {
        try {
            return driver.ask(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SecretProviderException(NAME, "the wait for it was interrupted");
        } catch (Exception e) {
            throw new SecretProviderException(
                    NAME, "does not answer (" + e.getClass().getName() + ")");
        }
    }

    @Override
    public Optional<String> remedy(String name) {
        return Optional.of("put " + name + " where the driver looks: " + Settings.PREFIX + "driver.sources");
    }
}
