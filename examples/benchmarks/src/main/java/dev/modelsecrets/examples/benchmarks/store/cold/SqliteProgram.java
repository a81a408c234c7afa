package dev.modelsecrets.examples.benchmarks.store.cold;

import dev.modelsecrets.examples.benchmarks.startup.Check;
import dev.modelsecrets.examples.benchmarks.store.Contender;
import dev.modelsecrets.examples.benchmarks.store.Sqlite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** With SQLite. */
public final class SqliteProgram {

    private SqliteProgram() {}

    /** Takes the directory and the names. */
    public static void main(String[] arguments) throws IOException {
        try (Contender store = Sqlite.open(Path.of(arguments[0]))) {
            Check.print(store.resolve(Arrays.asList(arguments).subList(1, arguments.length)));
        }
    }
}
