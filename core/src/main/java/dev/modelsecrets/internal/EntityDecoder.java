package dev.modelsecrets.internal;

import java.util.HashMap;
import java.util.Map;

/** References to characters in XML and HTML: by number, and the names of XML and of Latin-1. */
final class EntityDecoder implements Decoder {

    /** What Latin-1 has, from the no-break space on. */
    private static final String LATIN_1 =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr"
                    + " deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
                    + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute"
                    + " Icirc Iuml"
                    + " ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute"
                    + " THORN szlig"
                    + " agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute"
                    + " icirc iuml"
                    + " eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute"
                    + " thorn yuml";

    private static final Map<String, String> MEANING_BY_NAME = new HashMap<>();

    static {
        MEANING_BY_NAME.putAll(Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "euro", "€"));
        char c = 0xA0;
        for (String name : LATIN_1.split(" ", -1)) {
            MEANING_BY_NAME.put(name, String.valueOf(c++));
        }
    }

    /** How far from its beginning an entity ends at the latest. */
    private static final int LONGEST = 10;

    @Override
    public int next(String text, int from, boolean last) {
        return Decoder.indexOf(text, '&', from);
    }

    @Override
    public int decode(String text, int at, boolean last, DecodedText.Builder target) {
        int end = at + 1;
        while (end < text.length() && end - at < LONGEST && isPart(text.charAt(end), end - at)) {
            end++;
        }
        if (end == text.length() && end - at < LONGEST) {
            return last ? 0 : -1;
        }
        if (end == text.length() || text.charAt(end) != ';') {
            return 0;
        }
        String meaning = text.charAt(at + 1) == '#'
                ? numbered(text.substring(at + 2, end))
                : MEANING_BY_NAME.getOrDefault(text.substring(at + 1, end), "");
        return meaning.isEmpty() ? 0 : target.escape(meaning, at, end + 1);
    }

    private static boolean isPart(char c, int position) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c == '#' && position == 1);
    }

    private static String numbered(String number) {
        boolean hex = number.startsWith("x") || number.startsWith("X");
        int radix = hex ? 16 : 10;
        int value = 0;
        for (int i = hex ? 1 : 0; i < number.length(); i++) {
            int digit = Character.digit(number.charAt(i), radix);
            if (digit < 0) {
                return "";
            }
            value = value * radix + digit;
        }
        return Character.isValidCodePoint(value) ? Character.toString(value) : "";
    }
}
