package dev.modelsecrets.local;

import org.jspecify.annotations.Nullable;

/** One variable of a {@code .env} file. A class and not a record, so that no generated method shows the value. */
final class DotEnvVariable {

    private final transient @Nullable String value;
    private final int line;

    /** Takes null as the value where the file names a variable and gives it none. */
    DotEnvVariable(@Nullable String value, int line) {
        this.value = value;
        this.line = line;
    }

    @Nullable
    String value() {
        return value;
    }

    /** Returns the line on which it begins, from 1. */
    int line() {
        return line;
    }
}
