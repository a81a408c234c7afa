package dev.modelsecrets.examples.benchmarks.startup;

import dev.modelsecrets.examples.benchmarks.report.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How much a user of each library gets: jars and their sizes. */
final class Sizes {

    private Sizes() {}

    static Table table() {
        Table table = new Table("Library", "jars", "size, KiB");
        for (Library library : Library.ALL) {
            List<Path> files = library.files();
            double size = files.stream().mapToLong(Sizes::size).sum() / 1024.0;
            table.row(library.name(), Integer.toString(files.size()), String.format(Locale.ROOT, "%,.0f", size));
        }
        return table;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
