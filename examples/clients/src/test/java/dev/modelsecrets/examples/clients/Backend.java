package dev.modelsecrets.examples.clients;

/** Something that checks a key. */
interface Backend {

    /** Accepts the keys of a generation, beside those that are accepted already if the backend can do that. */
    void accept(int generation) throws Exception;

    /** Accepts the keys of a generation no longer. */
    void revoke(int generation) throws Exception;
}
