import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Makes one executable file of a shell script and all jars of a class path.
 *
 * <p>Arguments: the file to make, the script, the class path, the version. Entries are stored and not deflated, which
 * loads faster. Classes in the format of Java 5 (those of picocli) get the one of Java 6 with stack maps, as a
 * class-data archive takes no older ones. The same jars give the same file.
 */
public final class MakeLauncher {

    private static final String MAIN = "dev.modelsecrets.cli.Main";

    private final Map<String, byte[]> entries = new TreeMap<>();
    private final ClassLoader loader;

    /** Takes what finds the classes that others extend. */
    private MakeLauncher(ClassLoader loader) {
        this.loader = loader;
    }

    public static void main(String[] arguments) throws IOException {
        Path target = Path.of(arguments[0]);
        List<URL> elements = new ArrayList<>();
        for (String element : arguments[2].split(File.pathSeparator)) {
            elements.add(Path.of(element).toUri().toURL());
        }
        MakeLauncher launcher = new MakeLauncher(new URLClassLoader(elements.toArray(new URL[0])));
        for (String element : arguments[2].split(File.pathSeparator)) {
            launcher.add(Path.of(element));
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(target)) {
            out.write(Files.readAllBytes(Path.of(arguments[1])));
            launcher.writeTo(out, arguments[3]);
        }
        if (!target.toFile().setExecutable(true, false)) {
            throw new IOException(target + " cannot be made executable");
        }
    }

    private void add(Path element) throws IOException {
        if (Files.isDirectory(element)) {
            try (Stream<Path> files = Files.walk(element)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String name = element.relativize(file).toString().replace(File.separatorChar, '/');
                    add(element.getFileName().toString(), name, Files.readAllBytes(file));
                }
            }
            return;
        }
        try (JarFile jar = new JarFile(element.toFile())) {
            for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
                JarEntry entry = all.nextElement();
                if (!entry.isDirectory()) {
                    byte[] bytes = jar.getInputStream(entry).readAllBytes();
                    add(element.getFileName().toString().replaceFirst("\\.jar$", ""), entry.getName(), bytes);
                }
            }
        }
    }

    private void add(String jar, String name, byte[] bytes) {
        if (name.equals("module-info.class")
                || name.equals("META-INF/MANIFEST.MF")
                || name.startsWith("META-INF/versions/")
                || name.startsWith("META-INF/maven/")
                || name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) {
            return;
        }
        if (name.startsWith("META-INF/services/")) {
            entries.merge(name, bytes, MakeLauncher::joined);
        } else if (name.matches("(META-INF/)?(LICENSE|NOTICE|COPYRIGHT|DEPENDENCIES)[^/]*")) {
            entries.put("META-INF/licenses/" + jar + "/" + name.substring(name.lastIndexOf('/') + 1), bytes);
        } else {
            entries.putIfAbsent(name, name.endsWith(".class") ? modern(bytes) : bytes);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.write('\n');
        both.writeBytes(second);
        return both.toByteArray();
    }

    private byte[] modern(byte[] bytes) {
        int major = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (major >= Opcodes.V1_6) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }
        };
        new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(int version, int access, String name, String signature, String parent, String[] types) {
                super.visit(Opcodes.V1_6, access, name, signature, parent, types);
            }
        }, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private void writeTo(OutputStream out, String version) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            String manifest =
                    "Manifest-Version: 1.0\nMain-Class: " + MAIN + "\nImplementation-Version: " + version + "\n";
            store(zip, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                store(zip, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
