package dev.modelsecrets;

import org.jspecify.annotations.Nullable;

/** The rule for names: {@code [-._a-zA-Z0-9]{1,253}}, and not {@code .} or {@code ..}. */
final class SecretNames {

    private static final int LONGEST = 253;

    private SecretNames() {}

    /**
     * Returns the name if it is a secret name.
     *
     * @throws InvalidSecretNameException if it is not
     */
    static String check(@Nullable String name) {
        int length = name == null ? 0 : name.length();
        if (name == null || length == 0 || length > LONGEST || name.equals(".") || name.equals("..")) {
            throw new InvalidSecretNameException(name);
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
                throw new InvalidSecretNameException(name);
            }
        }
        return name;
    }
}
