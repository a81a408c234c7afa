package dev.modelsecrets.inject;

/** Names and paths in messages. */
final class Quoted {

    private static final int LONGEST = 64;

    private Quoted() {}

    /** Quotes text of unknown origin: printable ASCII as it is, the rest escaped, long text cut. */
    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .limit(LONGEST)
                .forEach(c ->
                        quoted.append(c >= ' ' && c <= '~' ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return quoted.append(text.length() > LONGEST ? "...\"" : "\"").toString();
    }
}
