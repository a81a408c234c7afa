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
 * index is a linear-probing hash table of positions plus one, at most half full; 0 is a free slot.
 */
final class NameSet extends AbstractSet<String> {

    private final String[] names;
    private final int[] index;
    private final int shift;

    /**
     * Takes ownership of an array of names.
     *
     * @throws IllegalArgumentException if a name stands there twice
     */
    NameSet(String... names) {
        this.names = names;
        index = new int[Integer.highestOneBit(Math.max(1, names.length)) * 4];
        shift = Integer.numberOfLeadingZeros(index.length) + 1;
        for (int i = 0; i < names.length; i++) {
            int slot = slot(names[i]);
            while (index[slot] != 0) {
                if (names[index[slot] - 1].equals(names[i])) {
                    throw new IllegalArgumentException("secret " + names[i] + " is declared twice");
                }
                slot = (slot + 1) & (index.length - 1);
            }
            index[slot] = i + 1;
        }
    }

    private int slot(String name) {
        // Fibonacci hashing: names that end in numbers have neighbouring hash codes, which would form long runs.
        return (name.hashCode() * 0x9E3779B9) >>> shift;
    }

    /** Returns the position of a name, or -1 if it is not in the set (nor a string). */
    int indexOf(@Nullable Object key) {
        if (key instanceof String name) {
            int slot = slot(name);
            for (int position = index[slot]; position != 0; position = index[slot]) {
                if (name.equals(names[position - 1])) {
                    return position - 1;
                }
                slot = (slot + 1) & (index.length - 1);
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
