package dev.modelsecrets.gcp;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names that a secret in Secret Manager can have: an id, or a full name {@code projects/../secrets/..}. */
final class GoogleNames {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final Pattern FULL_NAME =
            Pattern.compile("projects/[^/\\s]+(/locations/[^/\\s]+)?/secrets/" + ID.pattern());

    private GoogleNames() {}

    /** Maps a declared name to one that Secret Manager allows. */
    static String map(String name) {
        return name.replace('.', '-');
    }

    /** Says what is wrong with a name; empty if nothing is. */
    static Optional<String> problem(String secret) {
        return ID.matcher(secret).matches() || FULL_NAME.matcher(secret).matches()
                ? Optional.empty()
                : Optional.of(
                        "Secret Manager can have no secret of the name " + secret + ": use letters, digits, dashes"
                                + " and underscores, or projects/<project>/secrets/<name>;"
                                + " give secretPerName(..) a mapping");
    }
}
