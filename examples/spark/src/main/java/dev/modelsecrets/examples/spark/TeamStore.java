package dev.modelsecrets.examples.spark;

import dev.modelsecrets.DelegatingSecretProvider;
import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretProvider;
import dev.modelsecrets.SecretProviderException;
import dev.modelsecrets.spark.SecretSource;
import dev.modelsecrets.standard.MountedSecretProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A source of one's own: a directory of files that writes down each read, and that is down while it has a file "down".
 *
 * <p>It takes the options {@code directory} and {@code reads}.
 */
public final class TeamStore implements SecretSource {

    static final String DOWN = "down";

    /** Creates the source; the plugin calls it. */
    public TeamStore() {}

    @Override
    public SecretProvider open(Map<String, String> options) {
        Path directory = Path.of(options.get("directory"));
        return new CountedProvider(directory, Path.of(options.get("reads")));
    }

    private static final class CountedProvider extends DelegatingSecretProvider {

        private final Path down;
        private final Path reads;

        CountedProvider(Path directory, Path reads) {
            super(MountedSecretProvider.at(directory));
            this.down = directory.resolve(DOWN);
            this.reads = reads;
        }

        @Override
        public String name() {
            return "team store";
        }

        @Override
        public Map<String, Lookup> find(Set<String> names) {
            checkUp();
            try {
                Files.writeString(
                        reads,
                        ProcessHandle.current().pid() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return super.find(names);
        }

        @Override
        public Optional<Object> version() {
            checkUp();
            return super.version();
        }

        private void checkUp() {
            if (Files.exists(down)) {
                throw new SecretProviderException(name(), "is down");
            }
        }
    }
}
