package dev.modelsecrets.standard.functional;

import org.junit.jupiter.api.Tag;

/** A million damaged documents. */
@Tag("slow")
class LongLeakFuzzTest extends LeakFuzzTest {

    @Override
    int documents() {
        return 1_000_000;
    }
}
