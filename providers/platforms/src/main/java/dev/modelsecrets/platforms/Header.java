package dev.modelsecrets.platforms;

import dev.modelsecrets.Secret;

/**
 * The header that says who asks.
 *
 * @param name the header's name
 * @param value its value, token included
 */
record Header(String name, Secret value) {

    /**
     * Makes the header of a token, which a header can carry.
     *
     * <p>The JDK would quote a value that it cannot send, so that this is found out here.
     *
     * @throws IllegalArgumentException if the token is blank, or holds a character that no header can carry
     */
    static Header of(String name, String scheme, Secret token) {
        String text = token.reveal();
        if (text.isBlank()) {
            throw new IllegalArgumentException("the token is blank");
        }
        if (text.endsWith("\n") || text.endsWith("\r")) {
            throw new IllegalArgumentException("the token ends in a line break: strip it, no header can carry one");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the token holds a character that no header can carry:"
                    + " only visible ASCII characters may stand there");
        }
        return new Header(name, Secret.of(scheme.isEmpty() ? text : scheme + " " + text));
    }
}
