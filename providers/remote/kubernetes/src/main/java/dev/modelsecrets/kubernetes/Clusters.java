package dev.modelsecrets.kubernetes;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the cluster to ask. What somebody names is the one that is taken: no other is asked instead. */
final class Clusters {

    private Clusters() {}

    /**
     * Returns the cluster of the kubeconfig that was given, or else of those that {@code KUBECONFIG} names, of {@code
     * ~/.kube/config}, or of the pod that this runs in.
     *
     * @param limit for how long a command of a kubeconfig may run
     * @throws UnusableConfigurationException if there is none, or it cannot be used
     */
    static Cluster find(@Nullable Path kubeconfig, Machine machine, Duration limit) {
        if (kubeconfig != null) {
            return read(List.of(kubeconfig), machine, limit);
        }
        String named = machine.variable("KUBECONFIG");
        if (!named.isEmpty()) {
            return read(existing(named), machine, limit);
        }
        Path usual = machine.home().resolve(".kube").resolve("config");
        if (Files.exists(usual)) {
            return read(List.of(usual), machine, limit);
        }
        return ServiceAccount.clusterOf(machine)
                .orElseThrow(() -> new UnusableConfigurationException(
                        "no kubeconfig and no service account of a pod found: set KUBECONFIG, or call"
                                + " kubeconfig(path)"));
    }

    /** Returns the files of a list that there are, as kubectl does; all of them, if there is none. */
    private static List<Path> existing(String named) {
        List<Path> files = new ArrayList<>();
        for (String file : named.split(Pattern.quote(File.pathSeparator), -1)) {
            if (!file.isBlank()) {
                files.add(Path.of(file.strip()));
            }
        }
        List<Path> existing = files.stream().filter(Files::exists).toList();
        return existing.isEmpty() ? files : existing;
    }

    private static Cluster read(List<Path> kubeconfigs, Machine machine, Duration limit) {
        for (Path kubeconfig : kubeconfigs) {
            if (!Files.exists(kubeconfig)) {
                throw new UnusableConfigurationException("the kubeconfig " + kubeconfig + " does not exist");
            }
        }
        try {
            return KubeconfigReader.read(kubeconfigs, machine, limit);
        } catch (NoClassDefFoundError e) {
            throw new UnusableConfigurationException("the kubeconfig " + kubeconfigs.get(0)
                    + " is read with fabric8's client, which is missing: add the dependency"
                    + " io.fabric8:kubernetes-client-api (in a pod with a service account it is not needed)");
        }
    }
}
