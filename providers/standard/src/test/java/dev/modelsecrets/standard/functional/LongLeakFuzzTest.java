package dev.modelsecrets.standard.functional;

import org.junit.jupiter.api.Tag;

/** A million damaged documents. */
@Tag("slow")
class LongLeakFuzzTest extends LeakFuzzTest {

    /** Mostly of the kinds that are read from memory: a file system takes a hundred times as long. */
    @Override
    Documents documents() {
        return new Documents(50_000, 400_000, 540_000, 10_000);
    }
}
