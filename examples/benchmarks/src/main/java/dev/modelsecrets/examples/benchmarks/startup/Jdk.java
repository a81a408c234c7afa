package dev.modelsecrets.examples.benchmarks.startup;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A JDK on this machine.
 *
 * @param home its directory
 * @param version its version, such as {@code 17.0.15}
 */
public record Jdk(Path home, String version) {

    private static final Path LINUX = Path.of("/usr/lib/jvm");

    /**
     * Returns the JDKs from 17 on: the one that runs this, those of {@code JAVA_HOME} and {@code JAVA_HOME_25}, and
     * those where Linux distributions put them; the first of each feature version.
     */
    public static Collection<Jdk> find(Map<String, String> environment) throws IOException {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        for (String variable : List.of("JAVA_HOME", "JAVA_HOME_25")) {
            if (environment.containsKey(variable)) {
                homes.add(Path.of(environment.get(variable)));
            }
        }
        if (Files.isDirectory(LINUX)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(LINUX)) {
                found.forEach(homes::add);
            }
        }
        Map<Integer, Jdk> jdks = new TreeMap<>();
        for (Path home : homes) {
            if (Files.isExecutable(home.resolve("bin/java")) && Files.isRegularFile(home.resolve("release"))) {
                Jdk jdk = new Jdk(home, versionOf(home));
                if (jdk.feature() >= 17) {
                    jdks.putIfAbsent(jdk.feature(), jdk);
                }
            }
        }
        return jdks.values();
    }

    private static String versionOf(Path home) throws IOException {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        }
        return release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    }

    /** Returns 17 of {@code 17.0.15}. */
    public int feature() {
        return Integer.parseInt(version.replaceAll("\\D.*", ""));
    }

    /** Returns the path of its command. */
    public String java() {
        return home.resolve("bin/java").toString();
    }

    /** Tells whether it has the ahead-of-time cache, made in one step; class-data archives are what older ones have. */
    boolean hasAotCache() {
        return feature() >= 25;
    }

    String archiveName() {
        return hasAotCache() ? "AOT cache" : "class-data archive";
    }

    String makeArchive(Path file) {
        return (hasAotCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file;
    }

    String useArchive(Path file) {
        return (hasAotCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file;
    }
}
