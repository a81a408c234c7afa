package dev.modelsecrets.spark;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A source whose values a test sets; static, because Spark makes the source by its class name. */
public final class TestStore implements SecretSource {

    static final Map<String, String> VALUES = new ConcurrentHashMap<>();

    @Override
    public SecretProvider open(Map<String, String> options) {
        return SecretProvider.of("test store", name -> {
            String value = VALUES.get(name);
            return value == null ? Lookup.absent("has no such secret") : Lookup.found(value, "a map");
        });
    }
}
