package dev.modelsecrets.inject;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and paths in messages. */
final class Quoted {

    private static final int LONGEST = 64;
    private static final int MOST_IN_A_LIST = 200;

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

    /** Returns a name of printable ASCII as it is, and any other one in quotes. */
    static String ifNeeded(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c <= '~') ? name : of(name);
    }

    /** Lists names with commas between them; of thousands the first ones, and how many more there are. */
    static String list(Collection<String> names) {
        String shown = names.stream().limit(MOST_IN_A_LIST).collect(Collectors.joining(", "));
        int more = names.size() - MOST_IN_A_LIST;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
