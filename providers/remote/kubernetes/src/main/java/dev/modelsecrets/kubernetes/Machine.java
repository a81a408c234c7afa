package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.SystemProxies;
import java.nio.file.Path;
import java.util.Map;

/**
 * What of a machine says where a cluster is. Immutable; prints nothing of it.
 *
 * @param environment the variables
 * @param home the directory that may have {@code .kube/config}
 * @param serviceAccount the directory where a pod finds token, certificate authority and namespace
 */
record Machine(Map<String, String> environment, Path home, Path serviceAccount) {

    /** Returns the machine that this runs on. */
    static Machine current() {
        return new Machine(
                System.getenv(),
                Path.of(System.getProperty("user.home", "")),
                Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    /** Returns a variable, or an empty text. */
    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }

    SystemProxies proxies() {
        return SystemProxies.of(environment);
    }

    @Override
    public String toString() {
        return "Machine";
    }
}
