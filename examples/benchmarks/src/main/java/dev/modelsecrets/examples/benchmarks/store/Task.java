package dev.modelsecrets.examples.benchmarks.store;

/** What all stores do side by side. */
enum Task {

    /** All at once. */
    BULK("1,000 secrets in one transaction"),

    /** One more. */
    CREATE("one create among 1,000 secrets"),

    /** Reading a store that somebody is changing. */
    RESOLVE_CHANGED("resolving 10 of 1,000, right after a change"),

    /** Reading a store that has not changed for some seconds. */
    RESOLVE("resolving 10 of 1,000"),

    /** One more in a large store. */
    CREATE_LARGE("one create among 10,000 secrets");

    final String words;

    Task(String words) {
        this.words = words;
    }
}
