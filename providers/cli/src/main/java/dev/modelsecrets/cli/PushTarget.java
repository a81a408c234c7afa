package dev.modelsecrets.cli;

import dev.modelsecrets.Secrets;
import java.io.IOException;
import java.util.List;

/** A place that secrets are pushed to: first a plan, then the push of that plan. Not thread-safe. */
interface PushTarget extends AutoCloseable {

    String CREATE = "create";
    String WRITE = "write";
    String CONFLICT = "conflict";
    String WRITTEN = "written";
    String FAILED = "failed";

    /**
     * What is to happen, or has happened, to one secret.
     *
     * @param name the secret's name there
     * @param word one of the words above, or another one of the platform's
     * @param note why; may be empty
     */
    record Row(String name, String word, String note) {}

    /** Returns the name of the place, for people. */
    String name();

    /** Looks at what is there; changes nothing. */
    List<Row> plan(Secrets secrets) throws IOException;

    /**
     * Carries out what was planned.
     *
     * @param onlyMissing true to create what is missing and leave the rest alone
     */
    List<Row> push(boolean onlyMissing) throws IOException;

    @Override
    void close();
}
