package dev.modelsecrets.kubernetes;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which names the objects of Kubernetes may have: DNS subdomains by RFC 1123, in lower case. */
final class KubernetesNames {

    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final String PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern LABEL = Pattern.compile(PART);
    private static final Pattern SUBDOMAIN = Pattern.compile(PART + "(\\." + PART + ")*");

    private KubernetesNames() {}

    /** Turns a declared name into one that an object is likely to have: {@code HF_TOKEN} becomes {@code hf-token}. */
    static String map(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Tells whether an object may be called so. */
    static boolean isValid(String name) {
        return name.length() <= LONGEST && SUBDOMAIN.matcher(name).matches();
    }

    /** Returns the name of a namespace, if one may be called so. */
    static String checkNamespace(String name) {
        if (name.length() > LONGEST_LABEL || !LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("no namespace can have the name " + name);
        }
        return name;
    }
}
