package dev.modelsecrets.gcp;

/**
 * One version of one secret.
 *
 * @param secret the secret's full name
 * @param version a number, an alias, or {@code latest}
 */
record SecretVersion(String secret, String version) {

    boolean isLatest() {
        return version.equals("latest");
    }

    /** Returns the full name, as Google writes it. */
    @Override
    public String toString() {
        return secret + "/versions/" + version;
    }
}
