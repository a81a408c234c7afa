package dev.modelsecrets.spring.config;

import dev.modelsecrets.Redactor;
import dev.modelsecrets.RefreshingSecrets;
import dev.modelsecrets.Secrets;
import java.util.Map;

/**
 * Teaches redactors what Spring makes of a value when it converts it, because a conversion that fails quotes that, and
 * the actuator shows it. Not instantiable; thread-safe.
 *
 * <p>A number is read without its white space and without the {@code #} or {@code 0x} of hex; a list is what stands
 * between commas.
 */
public final class ConvertedValues {

    /** Keys and documents are longer; a redactor finds their lines and fields on their own. */
    private static final int LONGEST = 1_000;

    /** What stands in no entry of a plain list, but in JSON, in XML and in pairs, whose public parts are not secret. */
    private static final String OF_DOCUMENTS = "{}[]<>\"'";

    private ConvertedValues() {}

    /**
     * Teaches the redactors of secrets; call it when there are new values.
     *
     * @param refreshing the secrets
     */
    public static void learn(RefreshingSecrets refreshing) {
        Secrets secrets = refreshing.get();
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            String value = secret.getValue();
            if (value.length() <= LONGEST && !secrets.isDefault(secret.getKey())) {
                learnNumber(refreshing, secret.getKey(), value, value);
                if (value.indexOf(',') >= 0 && !value.contains("://")) { // Hosts of a URL are public.
                    learnEntries(refreshing, secret.getKey(), value);
                }
            }
        }
    }

    private static void learnEntries(RefreshingSecrets refreshing, String name, String value) {
        String[] entries = value.split(",", -1);
        for (String entry : entries) {
            if (!isPlain(entry.strip())) {
                return;
            }
        }
        for (String entry : entries) {
            learn(refreshing, name, entry.strip(), value);
            learnNumber(refreshing, name, entry.strip(), value);
        }
    }

    /** Tells whether an entry is neither a pair nor a piece of a document; base64 may end in equals signs. */
    private static boolean isPlain(String entry) {
        int equals = entry.indexOf('=');
        for (int i = 0; i < entry.length(); i++) {
            char c = entry.charAt(i);
            if (OF_DOCUMENTS.indexOf(c) >= 0 || Character.isWhitespace(c) || (equals >= 0 && i > equals && c != '=')) {
                return false;
            }
        }
        return true;
    }

    private static void learnNumber(RefreshingSecrets refreshing, String name, String text, String value) {
        String number = withoutWhiteSpace(text);
        learn(refreshing, name, number, value);
        int sign = number.startsWith("-") ? 1 : 0;
        if (number.startsWith("#", sign)) {
            learn(refreshing, name, number.substring(sign + 1), value);
        } else if (number.startsWith("0x", sign) || number.startsWith("0X", sign)) {
            learn(refreshing, name, number.substring(sign + 2), value);
        }
    }

    private static String withoutWhiteSpace(String text) {
        StringBuilder rest = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                rest.append(text.charAt(i));
            }
        }
        return rest.toString();
    }

    private static void learn(RefreshingSecrets refreshing, String name, String form, String value) {
        if (form.length() >= ShownText.SHORTEST_OF_REDACTOR && !form.equals(value)) {
            Redactor redactor = refreshing.redactor();
            redactor.learn(name, form);
        }
    }
}
