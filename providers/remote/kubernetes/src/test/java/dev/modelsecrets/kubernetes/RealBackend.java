package dev.modelsecrets.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A namespace of its own on a real server, and an account there that may get and watch the named Secrets and no more.
 *
 * <p>The system property {@code it.kubernetes} is the kubeconfig of somebody who may make all that.
 */
final class RealBackend implements Backend {

    private static final String ACCOUNT = "model";
    private static final Duration PROPAGATION = Duration.ofSeconds(20);

    private final Path directory;
    private final String namespace = "model-secrets-test-" + UUID.randomUUID();
    private final Config config =
            Config.fromKubeconfig(Path.of(System.getProperty("it.kubernetes")).toFile());
    private final KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(config).build();
    private final Set<String> granted = new TreeSet<>();
    private final Set<String> denied = new TreeSet<>();
    private final KubernetesClient account;
    private List<String> verbs = List.of("get", "watch");
    private boolean managing;
    private boolean broken;

    RealBackend(Path directory) throws Exception {
        this.directory = directory;
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace(namespace)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(role()).create();
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", ACCOUNT)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withName(ACCOUNT)
                        .withNamespace(namespace)
                        .endSubject()
                        .build())
                .create();
        account = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build();
    }

    /** The Role that the README names. Without names it grants nothing: an empty list would mean all of them. */
    private Role role() {
        Set<String> names = new TreeSet<>(granted);
        names.removeAll(denied);
        return new RoleBuilder()
                .withNewMetadata()
                .withName(ACCOUNT)
                .withNamespace(namespace)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("secrets")
                .withResourceNames(managing ? List.of() : names.isEmpty() ? List.of("none") : List.copyOf(names))
                .withVerbs(verbs)
                .endRule()
                .build();
    }

    /** Lets the account get these Secrets, and not watch them. */
    void grantWithoutWatch(Set<String> secrets) throws Exception {
        verbs = List.of("get");
        grant(secrets);
    }

    /** Lets the account do what a store does, and nothing else. */
    void grantManaging() throws Exception {
        verbs = List.of("get", "list", "create", "update", "delete");
        managing = true;
        admin.resource(role()).update();
        await(() -> allowed(() -> account.secrets().inNamespace(namespace).list()));
    }

    @Override
    public Path kubeconfig() throws Exception {
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        URI server = URI.create(config.getMasterUrl());
        // Nobody listens there: a server that works cannot be broken from here.
        URI nobody = URI.create("https://localhost:1");
        return Kubeconfig.write(directory, broken ? nobody : server, trust(), namespace, token);
    }

    private String trust() {
        if (config.isTrustCerts()) {
            return "insecure-skip-tls-verify: true";
        }
        String file = config.getCaCertFile();
        return file == null
                ? "certificate-authority-data: " + config.getCaCertData()
                : "certificate-authority: " + file;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public void replaceAll(Map<String, Map<String, String>> secrets) throws Exception {
        for (Secret old : admin.secrets().inNamespace(namespace).list().getItems()) {
            if (old.getType().equals("Opaque")
                    && !secrets.containsKey(old.getMetadata().getName())) {
                delete(old.getMetadata().getName());
            }
        }
        for (Map.Entry<String, Map<String, String>> secret : secrets.entrySet()) {
            Map<String, byte[]> bytes = new TreeMap<>();
            secret.getValue().forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
            put(secret.getKey(), bytes);
        }
    }

    @Override
    public void put(String secret, Map<String, byte[]> values) {
        Map<String, String> data = new TreeMap<>();
        values.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        Secret object = new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .withNamespace(namespace)
                .endMetadata()
                .withData(data)
                .build();
        if (admin.secrets().inNamespace(namespace).withName(secret).get() == null) {
            admin.resource(object).create();
        } else {
            admin.resource(object).update();
        }
    }

    @Override
    public void delete(String secret) {
        admin.secrets().inNamespace(namespace).withName(secret).delete();
    }

    @Override
    public synchronized void grant(Set<String> secrets) throws Exception {
        if (granted.addAll(secrets)) {
            updateRole();
        }
    }

    @Override
    public synchronized void deny(String secret) throws Exception {
        granted.add(secret);
        denied.add(secret);
        updateRole();
    }

    private void updateRole() throws Exception {
        admin.resource(role()).update();
        for (String secret : granted) {
            await(() -> allowed(() -> account.secrets()
                            .inNamespace(namespace)
                            .withName(secret)
                            .get())
                    != denied.contains(secret));
        }
    }

    /** Waits until a Role has taken effect. */
    private static void await(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + PROPAGATION.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("the Role does not take effect");
            }
            Thread.sleep(20);
        }
    }

    /** Tells whether something is allowed. */
    private static boolean allowed(Runnable request) {
        try {
            request.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void breakDown(Set<String> secrets) {
        broken = true;
    }

    @Override
    public void close() {
        admin.namespaces().withName(namespace).delete();
        account.close();
        admin.close();
    }
}
