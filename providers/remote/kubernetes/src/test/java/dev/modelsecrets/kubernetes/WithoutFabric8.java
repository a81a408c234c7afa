package dev.modelsecrets.kubernetes;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Loads this module anew, where there is no class of fabric8 and none of the store. */
final class WithoutFabric8 extends URLClassLoader {

    WithoutFabric8() {
        super(
                new URL[] {
                    KubernetesSecretProvider.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation(),
                    Finder.class.getProtectionDomain().getCodeSource().getLocation()
                },
                WithoutFabric8.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("io.fabric8.") || name.startsWith("dev.modelsecrets.store.")) {
            throw new ClassNotFoundException(name);
        }
        if (!name.startsWith("dev.modelsecrets.kubernetes.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    /** Returns {@code found}, or the problem. */
    String find(Machine machine, Path kubeconfig) throws Exception {
        return (String) loadClass(Finder.class.getName())
                .getMethod("find", Map.class, Path.class, Path.class, Path.class)
                .invoke(null, machine.environment(), machine.home(), machine.serviceAccount(), kubeconfig);
    }

    /** What runs there. */
    public static final class Finder {

        private Finder() {}

        public static String find(Map<String, String> environment, Path home, Path serviceAccount, Path kubeconfig) {
            KubernetesSecretProvider.Builder builder =
                    KubernetesSecretProvider.builder().machine(new Machine(environment, home, serviceAccount));
            if (kubeconfig != null) {
                builder.kubeconfig(kubeconfig);
            }
            try (KubernetesSecretProvider provider = builder.build()) {
                var lookup = provider.find(Set.of("api_key")).get("api_key");
                return lookup.isFound() ? "found" : lookup.problem();
            }
        }
    }
}
