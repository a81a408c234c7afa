package dev.modelsecrets.internal;

/**
 * Percent-encoding, of URLs and HTML forms.
 *
 * <p>A space may be written as {@code +}, and a plus sign may have been left as it is. So both can be read as {@code
 * +}; a needle with spaces is looked for with plus signs, too.
 */
final class PercentDecoder implements Decoder {

    private static final EscapedBytes BYTES = new EscapedBytes("%", 2, 16);

    private final boolean plusIsSpace;

    /** Makes a decoder; where no space is of interest, there is no need to look at plus signs. */
    PercentDecoder(boolean plusIsSpace) {
        this.plusIsSpace = plusIsSpace;
    }

    @Override
    public int next(String text, int from, boolean last) {
        if (!plusIsSpace) {
            return Decoder.indexOf(text, '%', from);
        }
        int position = from;
        while (position < text.length() && text.charAt(position) != '%' && text.charAt(position) != '+') {
            position++;
        }
        return position;
    }

    @Override
    public int decode(String text, int at, boolean last, DecodedText.Builder target) {
        if (text.charAt(at) == '+') {
            return target.escape("+", at, at + 1);
        }
        if (plusIsSpace && text.startsWith("%20", at)) {
            return target.escape("+", at, at + 3);
        }
        return BYTES.decode(text, at, last, target);
    }

    @Override
    public void copy(String text, int from, int to, StringBuilder target) {
        if (plusIsSpace) {
            target.append(text.substring(from, to).replace(' ', '+'));
        } else {
            target.append(text, from, to);
        }
    }
}
