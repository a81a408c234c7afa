package dev.modelsecrets.spark;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.Secrets;
import dev.modelsecrets.SecretsResolver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** The driver's end of the hand-over: keeps the secrets fresh, and answers executors. Thread-safe. */
final class HandOver implements AutoCloseable {

    /** Asks for the number of the generation, a {@code Long}. */
    static final String VERSION = "version";

    /** Followed by names: asks for their values, as the bytes of {@link HandedOver}. */
    static final String VALUES = "values";

    private final SecretsResolver resolver;
    private final SecretDeclarations declarations;
    private final RefreshingSecrets secrets;

    // Both are guarded by this.
    private @Nullable Secrets generation;
    private long version;

    /** @param resolver closed with this, and if the secrets cannot be resolved */
    HandOver(SecretsResolver resolver, SecretDeclarations declarations, Duration pause) {
        this.resolver = resolver;
        this.declarations = declarations;
        try {
            secrets = resolver.refreshing(declarations, pause);
        } catch (Throwable failure) {
            resolver.close();
            throw failure;
        }
    }

    /**
     * Refuses a channel on which others could ask or listen; in local mode there is none.
     *
     * @throws HandOverRefusedException if Spark's RPC is not authenticated and encrypted
     */
    static void requireSafeChannel(SparkConf conf, boolean local) {
        boolean authenticated = conf.getBoolean("spark.authenticate", false);
        boolean encrypted = conf.getBoolean("spark.network.crypto.enabled", false)
                || conf.getBoolean("spark.ssl.rpc.enabled", false);
        if (local || authenticated && encrypted) {
            return;
        }
        throw new HandOverRefusedException("The driver hands no secrets to executors (" + Settings.PREFIX
                + "sources names driver), because Spark's RPC is "
                + (authenticated
                        ? "not encrypted"
                        : encrypted ? "not authenticated" : "neither authenticated nor encrypted")
                + ". Set spark.authenticate=true and spark.network.crypto.enabled=true (or spark.ssl.rpc.enabled=true),"
                + " or name a source that executors can read themselves");
    }

    /** Answers one message of an executor. */
    Object answer(Object message) {
        if (message instanceof String[] words && words.length > 0) {
            if (words[0].equals(VERSION)) {
                return version();
            }
            if (words[0].equals(VALUES)) {
                return values(words);
            }
        }
        throw new IllegalArgumentException("a message that this version does not know");
    }

    private synchronized long version() {
        Secrets newest = secrets.get();
        if (generation != newest) {
            generation = newest;
            version++;
        }
        return version;
    }

    /** All values are of one generation. Defaults are left out: executors have them, as defaults. */
    private byte[] values(String[] words) {
        Secrets newest = secrets.get();
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            String value = newest.get(words[i]);
            if (value != null
                    && !value.equals(declarations.defaultValue(words[i]).orElse(null))) {
                values.put(words[i], value);
            }
        }
        return HandedOver.write(values);
    }

    Redactor redactor() {
        return secrets.redactor();
    }

    @Override
    public void close() {
        secrets.close();
        resolver.close();
    }
}
