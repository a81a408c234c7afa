package dev.modelsecrets.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key slot of a store's file: the data key, wrapped by a key of some kind.
 *
 * @param kind the kind of key
 * @param fields what that key needs to unwrap the data key
 */
record KeySlot(String kind, Map<String, String> fields) {

    /** The field that says the kind of a slot. */
    static final String KIND = "kind";

    KeySlot {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
