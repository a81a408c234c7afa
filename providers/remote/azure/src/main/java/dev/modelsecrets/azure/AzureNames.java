package dev.modelsecrets.azure;

import java.util.Optional;
import java.util.regex.Pattern;

/** The names that a secret in Key Vault can have: letters, digits and dashes, in upper or lower case alike. */
final class AzureNames {

    private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");

    private AzureNames() {}

    /** Maps a declared name to one that Key Vault allows. */
    static String map(String name) {
        return name.replace('_', '-').replace('.', '-');
    }

    /** Tells whether Key Vault allows such a name, or such a version. */
    static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    /** Says what is wrong with a name; empty if nothing is. */
    static Optional<String> problem(String secret) {
        return isValid(secret)
                ? Optional.empty()
                : Optional.of("Key Vault can have no secret of the name " + secret
                        + ": use 1 to 127 letters, digits and dashes; give secretPerName(..) a mapping");
    }
}
