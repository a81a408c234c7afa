package dev.modelsecrets;

import java.util.List;
import java.util.Objects;

/**
 * A secret is refused to this caller: denied is neither absent nor failed.
 *
 * <p>A resolver throws it if a provider denies a declared secret, or if its {@link AccessPolicy} does; the message
 * lists every name without a value, missing and failed ones included. A provider throws it if its backend refuses
 * everything.
 */
public final class SecretAccessDeniedException extends SecretsException {

    private static final long serialVersionUID = 1L;

    /** The names, in declared order; an array, because a {@code List} need not be serializable. */
    private final String[] names;

    private final int prefix;

    /**
     * Creates an exception about a provider that refuses everything to this caller.
     *
     * @param provider the provider's name
     * @param problem who refused it to whom, and which right is needed; never a value
     */
    public SecretAccessDeniedException(String provider, String problem) {
        super(Objects.requireNonNull(provider, "provider") + ": " + problem);
        names = new String[0];
        prefix = provider.length() + 2;
    }

    SecretAccessDeniedException(List<String> names, String message) {
        super(message);
        this.names = names.toArray(new String[0]);
        prefix = 0;
    }

    /**
     * Returns the secrets that are denied, in declared order.
     *
     * @return an immutable list; empty if a provider threw this for everything
     */
    public List<String> names() {
        return List.of(names);
    }

    @Override
    String problem() {
        return super.problem().substring(prefix);
    }
}
