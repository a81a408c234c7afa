package dev.modelsecrets.examples.quickstart;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The constant pool of a compiled class: which texts are in it, and which methods it calls. */
record ClassFile(Set<String> texts, Set<String> calls) {

    private static final int MAGIC = 0xCAFEBABE;

    static ClassFile read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(new DataInputStream(bytes));
        }
    }

    private static ClassFile read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("this is no class file");
        }
        in.readInt(); // its version
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] first = new int[count];
        int[] second = new int[count];
        Set<Integer> methods = new HashSet<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 3, 4 -> in.readInt();
                case 5, 6 -> {
                    in.readLong();
                    i++;
                }
                case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
                case 15 -> in.skipNBytes(3);
                case 9, 10, 11, 12, 17, 18 -> {
                    first[i] = in.readUnsignedShort();
                    second[i] = in.readUnsignedShort();
                    if (tag == 10 || tag == 11) {
                        methods.add(i);
                    }
                }
                default -> throw new IOException("unknown constant " + tag);
            }
        }
        Set<String> calls = new HashSet<>();
        for (int method : methods) {
            String owner = texts[first[first[method]]];
            String name = texts[first[second[method]]];
            calls.add(owner.replace('/', '.') + "." + name);
        }
        Set<String> known = new HashSet<>();
        for (String text : texts) {
            if (text != null) {
                known.add(text);
            }
        }
        return new ClassFile(known, calls);
    }
}
