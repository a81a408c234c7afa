package dev.modelsecrets;

import dev.modelsecrets.internal.Needles;
import dev.modelsecrets.internal.SecretForms;
import dev.modelsecrets.internal.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values that are secret: those in use, and those that were, as far as there is room for them. The redactors made
 * here follow. Each distinct value is known once; the default of a declaration is public and not among them.
 *
 * <p>Thread-safe. A change costs as much as what changed, and redactors know of it when the method returns, so call it
 * before anybody else gets to see the new values. A method may log a warning in the end, with no lock of its own held:
 * call it with none held, too.
 *
 * <p>Loops instead of lambdas: a log is redacted from its first line on, while an application starts.
 */
final class KnownValues {

    /**
     * The most bytes that values no longer in use, and values learned, may take up with what it takes to find them:
     * about 2,500 tokens of 40 characters. The oldest are forgotten.
     */
    static final long MOST_OLD_BYTES = 8 << 20;

    /** What a value takes up in all its forms, roughly: for itself, and for each character. */
    private static final int BYTES_A_VALUE = 2_000;

    private static final int BYTES_A_CHARACTER = 30;

    private final long mostOldBytes;

    // All below are guarded by this. Values are keys; the names are those that they were known by first.
    private transient Map<String, String> inUse = Map.of();
    private final transient Map<String, String> old = new LinkedHashMap<>();
    private long oldBytes;
    private final Map<Integer, Redactor> redactors = new HashMap<>();

    /** By minimum length: the names of values that were too short. */
    private final Map<Integer, Set<String>> tooShort = new HashMap<>();

    KnownValues() {
        this(MOST_OLD_BYTES);
    }

    KnownValues(long mostOldBytes) {
        this.mostOldBytes = mostOldBytes;
    }

    /** Takes the values of a snapshot as those in use; what was in use before is old. */
    void use(Secrets snapshot) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> secret : snapshot.entrySet()) {
            if (!secret.getValue().isBlank() && !snapshot.isDefault(secret.getKey())) {
                values.putIfAbsent(secret.getValue(), secret.getKey());
            }
        }
        List<String> warnings;
        synchronized (this) {
            Map<String, String> before = inUse;
            inUse = values;
            for (Map.Entry<String, String> secret : values.entrySet()) {
                if (!before.containsKey(secret.getKey()) && !forget(secret.getKey())) {
                    addToRedactors(secret.getValue(), secret.getKey());
                }
            }
            for (Map.Entry<String, String> secret : before.entrySet()) {
                if (!values.containsKey(secret.getKey())) {
                    remember(secret.getKey(), secret.getValue());
                }
            }
            limit();
            warnings = warnings();
        }
        warn(warnings);
    }

    /** Takes a value that no provider returned, such as a session token; it counts among the old ones. */
    void learn(String name, String value) {
        NameSet.check(name);
        synchronized (this) {
            if (value.isBlank() || !fits(value) || inUse.containsKey(value)) {
                return;
            }
            if (!forget(value)) {
                addToRedactors(name, value);
            }
            remember(value, name);
            limit();
        }
    }

    /** Returns a redactor for all values of at least a length, which follows: the same one each time for one length. */
    Redactor redactor(int minimumLength) {
        Redactor redactor;
        List<String> warnings;
        synchronized (this) {
            Redactor existing = redactors.get(minimumLength);
            if (existing != null) {
                return existing;
            }
            redactor = new Redactor(this, minimumLength);
            redactor.replace(needles(minimumLength));
            redactors.put(minimumLength, redactor);
            warnings = warnings();
        }
        // A logger may ask for this redactor, and gets it.
        warn(warnings);
        return redactor;
    }

    private Needles needles(int minimumLength) {
        Needles needles = new Needles();
        addTo(needles, inUse, minimumLength);
        addTo(needles, old, minimumLength);
        return needles;
    }

    private static void addTo(Needles needles, Map<String, String> values, int minimumLength) {
        for (Map.Entry<String, String> secret : values.entrySet()) {
            SecretForms.addTo(needles, secret.getValue(), secret.getKey(), minimumLength);
        }
    }

    private void addToRedactors(String name, String value) {
        for (Redactor redactor : redactors.values()) {
            redactor.add(name, value);
        }
    }

    /** Tells whether there is room for a value; one that is too large would drive out all others, and itself. */
    private boolean fits(String value) {
        return bytes(value) <= mostOldBytes / 4 * 3;
    }

    private void remember(String value, String name) {
        if (!fits(value)) {
            return;
        }
        old.put(value, name);
        oldBytes += bytes(value);
    }

    private boolean forget(String value) {
        boolean known = old.remove(value) != null;
        oldBytes -= known ? bytes(value) : 0;
        return known;
    }

    private static long bytes(String value) {
        return BYTES_A_VALUE + (long) BYTES_A_CHARACTER * value.length();
    }

    /** Forgets a quarter of the old values when they are too many, so that it happens seldom. */
    private void limit() {
        if (oldBytes <= mostOldBytes) {
            return;
        }
        Iterator<String> oldest = old.keySet().iterator();
        while (oldBytes > mostOldBytes / 4 * 3) {
            oldBytes -= bytes(oldest.next());
            oldest.remove();
        }
        for (Map.Entry<Integer, Redactor> redactor : redactors.entrySet()) {
            redactor.getValue().replace(needles(redactor.getKey()));
        }
    }

    /** Returns a warning for each redactor that leaves values alone which it has not warned of yet. */
    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int minimumLength : redactors.keySet()) {
            tooShort.putIfAbsent(minimumLength, new LinkedHashSet<>());
            Set<String> warned = tooShort.get(minimumLength);
            Set<String> names = new LinkedHashSet<>();
            for (Map.Entry<String, String> secret : inUse.entrySet()) {
                if (secret.getKey().length() < minimumLength && warned.add(secret.getValue())) {
                    names.add(secret.getValue());
                }
            }
            if (!names.isEmpty()) {
                warnings.add("These secrets have fewer than " + minimumLength + " characters and are not redacted: "
                        + Text.list(names));
            }
        }
        return warnings;
    }

    private static void warn(List<String> warnings) {
        for (String warning : warnings) {
            Gate.warn(warning);
        }
    }

    /** Says nothing of what is known. */
    @Override
    public String toString() {
        return "KnownValues";
    }
}
