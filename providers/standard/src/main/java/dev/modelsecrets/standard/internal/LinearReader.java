package dev.modelsecrets.standard.internal;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The characters of a YAML document for the parser, in time that grows with their number.
 *
 * <p>The parser's own reader keeps a window that it copies for every 1,024 characters of a line that it looks ahead on:
 * one line of 4 MiB takes it 8 seconds. Not thread-safe.
 */
final class LinearReader extends StreamReader {

    private static final String LINE_BREAKS = "\n\u0085\u2028\u2029";

    private final int[] characters;
    private final int length;
    private int index;
    private int documentStart;
    private int line;
    private int column;

    /**
     * Takes a document.
     *
     * @throws MalformedException if it has a character that YAML does not allow
     */
    LinearReader(String text) throws MalformedException {
        super("");
        characters = new int[text.length() + 1];
        int count = 0;
        int lineNumber = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); count++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!isPrintable(c)) {
                throw new MalformedException("has a control character, such as NUL, at "
                        + YamlProblem.place(lineNumber, count - lineStart + 1));
            }
            if (c == '\n') {
                lineNumber++;
                lineStart = count + 1;
            }
            characters[count] = c;
        }
        length = count;
    }

    @Override
    public Mark getMark() {
        return new Mark("document", index, line, column, characters, index);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int count) {
        for (int i = 0; i < count && index < length; i++) {
            int c = characters[index++];
            if (LINE_BREAKS.indexOf(c) >= 0 || (c == '\r' && characters[index] != '\n')) {
                line++;
                column = 0;
            } else if (c != 0xFEFF) {
                column++;
            }
        }
    }

    @Override
    public int peek() {
        return characters[index];
    }

    @Override
    public int peek(int distance) {
        return index + distance < length ? characters[index + distance] : 0;
    }

    @Override
    public String prefix(int count) {
        return new String(characters, index, Math.min(count, length - index));
    }

    @Override
    public String prefixForward(int count) {
        String prefix = prefix(count);
        index = Math.min(length, index + count);
        column += count;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return index - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = index;
    }

    @Override
    public int getIndex() {
        return index;
    }

    @Override
    public int getLine() {
        return line;
    }
}
