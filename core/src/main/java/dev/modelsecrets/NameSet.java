package dev.modelsecrets;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of names in declared order that also tells the position of a name.
 *
 * <p>Declarations and every snapshot resolved from them share one, so that a snapshot adds two array slots a name. The
 * index is a hash table, at most half full: a slot holds the hash code of a name in its upper half, so that hardly any
 * other name is ever compared, and the position plus one in its lower half; 0 is a free slot.
 */
final class NameSet extends AbstractSet<String> {

    private static final int LONGEST_NAME = 253;

    private final String[] names;
    private final long[] index;

    /**
     * Takes ownership of an array of names.
     *
     * @throws IllegalArgumentException if a name stands there twice
     */
    NameSet(String... names) {
        this.names = names;
        index = new long[Integer.highestOneBit(Math.max(1, 2 * names.length - 1)) * 2];
        for (int i = 0; i < names.length; i++) {
            if (indexOf(names[i]) >= 0) {
                throw new IllegalArgumentException("secret " + names[i] + " is declared twice");
            }
            int hash = names[i].hashCode();
            int slot = firstSlot(hash);
            while (index[slot] != 0) {
                slot = nextSlot(slot, hash);
            }
            index[slot] = (long) hash << 32 | (i + 1);
        }
    }

    /**
     * Returns the name if it is a secret name: {@code [-._a-zA-Z0-9]{1,253}}, and not {@code .} or {@code ..}.
     *
     * @throws InvalidSecretNameException if it is not
     */
    static String check(@Nullable String name) {
        int length = name == null ? 0 : name.length();
        if (name == null || length == 0 || length > LONGEST_NAME || name.equals(".") || name.equals("..")) {
            throw InvalidSecretNameException.of(name);
        }
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-'
                    || c == '.';
            if (!allowed) {
                throw InvalidSecretNameException.of(name);
            }
        }
        return name;
    }

    private int firstSlot(int hash) {
        return (hash ^ hash >>> 16) & (index.length - 1);
    }

    /** Takes an odd step that depends on the name: names that end in numbers fill long runs of neighbouring slots. */
    private int nextSlot(int slot, int hash) {
        return (slot + (hash >>> 16 | 1)) & (index.length - 1);
    }

    /** Returns the position of a name, or -1 if it is not in the set (nor a string). */
    @SuppressWarnings("ReferenceEquality") // Mostly it is the very same string, and then equals need not be called.
    int indexOf(@Nullable Object key) {
        if (key instanceof String name) {
            int hash = name.hashCode();
            int slot = firstSlot(hash);
            for (long entry = index[slot]; entry != 0; entry = index[slot]) {
                if ((int) (entry >>> 32) == hash) {
                    String found = names[(int) entry - 1];
                    if (found == name || name.equals(found)) {
                        return (int) entry - 1;
                    }
                }
                slot = nextSlot(slot, hash);
            }
        }
        return -1;
    }

    String get(int position) {
        return names[position];
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public boolean contains(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.asList(names).iterator();
    }

    @Override
    public boolean add(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean addAll(Collection<? extends String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(@Nullable Object name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeAll(Collection<?> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeIf(Predicate<? super String> filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean retainAll(Collection<?> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }
}
