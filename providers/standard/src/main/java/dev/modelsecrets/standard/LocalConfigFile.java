package dev.modelsecrets.standard;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.standard.internal.ConfigFile;
import dev.modelsecrets.standard.internal.DocumentValue;
import dev.modelsecrets.standard.internal.MalformedException;
import dev.modelsecrets.standard.internal.NearMiss;
import dev.modelsecrets.standard.internal.Printable;
import dev.modelsecrets.standard.internal.Variables;
import dev.modelsecrets.standard.internal.YamlSecrets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A local YAML file with secrets in its {@code secrets:} section, or the lack of a place for one. Thread-safe. */
final class LocalConfigFile {

    private final @Nullable Path path;

    /** What to answer where there is no place for a file, or no file. */
    private final Lookup withoutFile;

    private final AtomicBoolean warned = new AtomicBoolean();

    private LocalConfigFile(@Nullable Path path, Lookup withoutFile) {
        this.path = path;
        this.withoutFile = withoutFile;
    }

    /** Locates the file in a home directory, or another one. */
    static LocalConfigFile inHome(@Nullable String home, @Nullable String otherwise) {
        String problem = home == null ? null : Variables.problem(home);
        if (problem != null) {
            return new LocalConfigFile(null, Lookup.failed("HOME " + problem));
        }
        try {
            for (String candidate : new @Nullable String[] {home, otherwise}) {
                if (candidate != null && Path.of(candidate).isAbsolute()) {
                    return at(Path.of(candidate, ".truss", "config.yaml"));
                }
            }
        } catch (InvalidPathException e) {
            return new LocalConfigFile(
                    null,
                    Lookup.failed("the home directory has a name that is not a path in this locale:"
                            + " start the process with LC_ALL=C.UTF-8"));
        }
        return new LocalConfigFile(
                null, Lookup.absent("there is no home directory: HOME is not set to an absolute path"));
    }

    /** Takes another file. */
    static LocalConfigFile at(Path path) {
        return new LocalConfigFile(path, Lookup.absent(path + " does not exist"));
    }

    /** Returns the path; null if there is no place for a file. */
    @Nullable
    Path path() {
        return path;
    }

    boolean isMissing() {
        return path == null || Files.notExists(path);
    }

    /**
     * Reads the file and picks the names.
     *
     * @throws SecretProviderException if the file is there but is not YAML of the expected shape, or cannot be read
     */
    Map<String, Lookup> find(Set<String> names) {
        if (path == null) {
            return each(names, withoutFile);
        }
        YamlSecrets section;
        try {
            ConfigFile config = ConfigFile.read(path);
            if (config == null) {
                return each(names, withoutFile);
            }
            if (config.isReadableByOthers()) {
                warnOnce(path);
            }
            section = YamlSecrets.parseSection(config.text());
        } catch (MalformedException e) {
            throw new SecretProviderException(LocalConfigSecretProvider.NAME, Printable.path(path) + " " + e.problem());
        }
        if (!section.isPresent()) {
            String slip = section.slip();
            return each(names, Lookup.absent(path + " has no `secrets:` section" + (slip == null ? "" : ": " + slip)));
        }
        NearMiss keys = new NearMiss(section.values().keySet());
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, lookup(path, name, section.values().get(name), keys));
        }
        return answers;
    }

    /** Warns with no lock held, for a log handler may read secrets too. One that throws takes none of them along. */
    private void warnOnce(Path readable) {
        if (warned.getAndSet(true)) {
            return;
        }
        try {
            LoggerFactory.getLogger("dev.modelsecrets")
                    .warn(
                            "{} holds secrets and can be read by other users; run: chmod 600 {}",
                            Printable.path(readable),
                            Printable.shellWord(readable));
        } catch (RuntimeException | Error failure) {
            if (failure instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }

    private static Map<String, Lookup> each(Set<String> names, Lookup answer) {
        Map<String, Lookup> answers = new HashMap<>();
        for (String name : names) {
            answers.put(name, answer);
        }
        return answers;
    }

    private static Lookup lookup(Path file, String name, @Nullable DocumentValue value, NearMiss keys) {
        if (value == null) {
            return Lookup.absent(new NoSuchKey(file, name, keys));
        }
        if (value.problem() != null) {
            return Lookup.failed(file + ": the secret " + name + " at " + value.place() + " " + value.problem());
        }
        return value.text() == null
                ? Lookup.absent(file + " has it as null, at " + value.place())
                : Lookup.found(value.text(), file + " secrets." + name);
    }

    /** The reason of an absent key, worked out only for a person to read. */
    private record NoSuchKey(Path file, String name, NearMiss keys) implements Supplier<String> {

        @Override
        public String get() {
            return file + " has no such secret" + keys.remark(name);
        }
    }
}
