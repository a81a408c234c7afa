package dev.modelsecrets.kubernetes;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A namespace of an API server, for one test. */
interface Backend extends AutoCloseable {

    /** Returns a kubeconfig of an account with the least rights. */
    Path kubeconfig() throws Exception;

    String namespace();

    /** Puts these Secrets, with texts by their keys, in place of all others. */
    void replaceAll(Map<String, Map<String, String>> secrets) throws Exception;

    /** Creates or replaces one Secret. */
    void put(String secret, Map<String, byte[]> values) throws Exception;

    void delete(String secret) throws Exception;

    /** Lets the account get and watch these Secrets, unless {@link #deny denied}. */
    default void grant(Set<String> secrets) throws Exception {}

    void deny(String secret) throws Exception;

    /** Makes the server useless for those who connect from now on. */
    void breakDown(Set<String> secrets) throws Exception;

    default OptionalLong requests() {
        return OptionalLong.empty();
    }

    @Override
    void close();
}
