package dev.modelsecrets.store;

import java.nio.charset.StandardCharsets;

/** The name of the format of a store's file, and what binds the texts in it to their places. */
final class StoreFormat {

    static final String NAME = "model-secrets-store/1";

    private StoreFormat() {}

    /** Binds a wrapped data key to the kind of its slot. */
    static byte[] slotContext(String kind) {
        return (NAME + "\nslot\n" + kind).getBytes(StandardCharsets.US_ASCII);
    }

    /** Binds an encrypted text to a key of a secret, or to its description if the key is empty, and to a version. */
    static byte[] textContext(String secret, String key, long version) {
        return (NAME + '\n' + secret + '\n' + key + '\n' + version).getBytes(StandardCharsets.US_ASCII);
    }

    /** Tells derived keys apart. */
    static byte[] keyContext(String use) {
        return (NAME + ' ' + use).getBytes(StandardCharsets.US_ASCII);
    }
}
