package dev.modelsecrets;

import org.jspecify.annotations.Nullable;

/**
 * Where a value came from: a provider's name and a location.
 *
 * <p>Most locations end in the secret's name ({@code /secrets/x}, {@code TRUSS_SECRET_x}); then only what stands before
 * it is kept, and neighbours share one source. This keeps large snapshots small.
 */
final class Source {

    static final Source DEFAULT = new Source("default", "its declaration", false);
    static final Source GIVEN = new Source("given", "Secrets.of", false);

    private final String provider;
    private final String location;
    private final boolean nameFollows;

    private Source(String provider, String location, boolean nameFollows) {
        this.provider = provider;
        this.location = location;
        this.nameFollows = nameFollows;
    }

    /** Returns the source of a secret; the given neighbour itself when it says the same. */
    static Source of(String provider, String location, String name, @Nullable Source neighbour) {
        if (!location.endsWith(name)) {
            return new Source(provider, location, false);
        }
        int length = location.length() - name.length();
        if (neighbour != null
                && neighbour.nameFollows
                && neighbour.location.length() == length
                && location.startsWith(neighbour.location)
                && neighbour.provider.equals(provider)) {
            return neighbour;
        }
        return new Source(provider, location.substring(0, length), true);
    }

    boolean isDefault() {
        return equals(DEFAULT);
    }

    String describe(String name) {
        return provider + ": " + (nameFollows ? location + name : location);
    }
}
