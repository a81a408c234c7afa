package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.SystemProxies;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads kubeconfigs with fabric8's client: certificates and keys are its work.
 *
 * <p>Only this class needs it. Which context, cluster and user are meant is looked at here, as fabric8 takes the
 * address of the pod's own cluster for one that is missing.
 */
final class KubeconfigReader {

    /** One file. */
    private record Kubeconfig(Path file, io.fabric8.kubernetes.api.model.Config content) {

        /** Returns the entry of a name, or null. */
        <E> @Nullable E entry(
                Function<io.fabric8.kubernetes.api.model.Config, @Nullable List<E>> entries, Predicate<E> isIt) {
            List<E> all = entries.apply(content);
            return all == null ? null : all.stream().filter(isIt).findFirst().orElse(null);
        }
    }

    private KubeconfigReader() {}

    /**
     * Returns the cluster of the current context.
     *
     * @param files at least one; the first that has a current context counts
     * @param limit for how long a command that gives the credential may run
     * @throws UnusableConfigurationException if it cannot be used
     */
    static Cluster read(List<Path> files, Machine machine, Duration limit) {
        List<Kubeconfig> kubeconfigs =
                files.stream().map(KubeconfigReader::parse).toList();
        Kubeconfig first = kubeconfigs.stream()
                .filter(kubeconfig ->
                        !text(kubeconfig.content().getCurrentContext()).isEmpty())
                .findFirst()
                .orElseThrow(() -> new UnusableConfigurationException("the kubeconfig " + files.get(0)
                        + " has no current-context: choose one with kubectl config use-context"));
        String name = first.content().getCurrentContext();
        for (Kubeconfig kubeconfig : kubeconfigs) {
            NamedContext context = kubeconfig.entry(
                    io.fabric8.kubernetes.api.model.Config::getContexts, entry -> name.equals(entry.getName()));
            if (context != null && context.getContext() != null) {
                return read(kubeconfig, name, context.getContext(), machine, limit);
            }
        }
        throw new UnusableConfigurationException(
                "the kubeconfig " + first.file() + " has no context " + name + ", which is its current-context");
    }

    private static Kubeconfig parse(Path file) {
        io.fabric8.kubernetes.api.model.@Nullable Config content;
        try {
            content = Serialization.unmarshal(Files.readString(file), io.fabric8.kubernetes.api.model.Config.class);
        } catch (IOException e) {
            throw new UnusableConfigurationException("the kubeconfig " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + ")");
        } catch (RuntimeException e) {
            // Its message quotes the file.
            throw new UnusableConfigurationException("the kubeconfig " + file + " is not the YAML of a kubeconfig");
        }
        if (content == null) {
            throw new UnusableConfigurationException("the kubeconfig " + file + " is empty");
        }
        return new Kubeconfig(file, content);
    }

    private static Cluster read(
            Kubeconfig kubeconfig, String contextName, Context context, Machine machine, Duration limit) {
        NamedCluster cluster = kubeconfig.entry(
                io.fabric8.kubernetes.api.model.Config::getClusters,
                entry -> Objects.equals(entry.getName(), context.getCluster()));
        if (cluster == null
                || cluster.getCluster() == null
                || text(cluster.getCluster().getServer()).isEmpty()) {
            throw unusable(kubeconfig, contextName, "a cluster with a server", context.getCluster());
        }
        if (!text(cluster.getCluster().getTlsServerName()).isEmpty()) {
            throw new UnusableConfigurationException("the kubeconfig " + kubeconfig.file()
                    + " sets tls-server-name, which the JDK's HTTP client cannot do: use a server address that the"
                    + " certificate is for");
        }
        // Before fabric8 sees it: it would try whether HTTPS is there, and do without if it is not.
        URI address = Cluster.address(text(cluster.getCluster().getServer()));
        AuthInfo user = new AuthInfo();
        if (!text(context.getUser()).isEmpty()) {
            NamedAuthInfo named = kubeconfig.entry(
                    io.fabric8.kubernetes.api.model.Config::getUsers,
                    entry -> context.getUser().equals(entry.getName()));
            if (named == null || named.getUser() == null) {
                throw unusable(kubeconfig, contextName, "a user", context.getUser());
            }
            user = named.getUser();
        }
        Config config = user.getExec() == null
                ? config(
                        kubeconfig.file(),
                        () -> Config.fromKubeconfig(
                                contextName, kubeconfig.file().toFile()))
                : configOfCommand(kubeconfig, contextName, cluster.getCluster(), user, limit);
        String proxy = text(cluster.getCluster().getProxyUrl());
        return new Cluster(
                address,
                text(config.getNamespace()),
                tls(config),
                proxies(machine, proxy, proxy),
                login(kubeconfig.file(), user, config));
    }

    private static UnusableConfigurationException unusable(
            Kubeconfig kubeconfig, String context, String what, @Nullable String name) {
        return new UnusableConfigurationException("the context " + context + " of the kubeconfig " + kubeconfig.file()
                + " needs " + what + ", and the file has no "
                + (name == null || name.isBlank() ? "such entry" : "such entry named " + name)
                + " (several files are made one by kubectl config view --flatten)");
    }

    private static Config config(Path file, Supplier<Config> source) {
        try {
            return source.get();
        } catch (RuntimeException e) {
            throw new UnusableConfigurationException("the login of the kubeconfig " + file + " cannot be used ("
                    + e.getClass().getName() + "; its message is withheld, because it may quote a token)");
        }
    }

    /** Runs the command that gives the credential here, and hides it from fabric8, which would run it again. */
    private static Config configOfCommand(
            Kubeconfig kubeconfig,
            String contextName,
            io.fabric8.kubernetes.api.model.Cluster cluster,
            AuthInfo user,
            Duration limit) {
        JsonObject credential = new CredentialCommand(user.getExec(), kubeconfig.file(), limit).run();
        user.setExec(null);
        // A text has no directory, which relative paths are meant from.
        cluster.setCertificateAuthority(absolute(kubeconfig, cluster.getCertificateAuthority()));
        user.setClientCertificate(absolute(kubeconfig, user.getClientCertificate()));
        user.setClientKey(absolute(kubeconfig, user.getClientKey()));
        kubeconfig.content().setCurrentContext(contextName);
        Config config =
                config(kubeconfig.file(), () -> Config.fromKubeconfig(Serialization.asYaml(kubeconfig.content())));
        config.setAutoOAuthToken(credential.text("token"));
        if (!credential.text("clientCertificateData").isEmpty()) {
            config.setClientCertData(credential.text("clientCertificateData"));
            config.setClientKeyData(credential.text("clientKeyData"));
        }
        return config;
    }

    private static @Nullable String absolute(Kubeconfig kubeconfig, @Nullable String file) {
        return file == null || file.isBlank()
                ? file
                : kubeconfig.file().toAbsolutePath().resolveSibling(file).toString();
    }

    /** Returns the cluster that a client of fabric8 is made for. */
    static Cluster of(Config config, Machine machine) {
        return new Cluster(
                Cluster.address(text(config.getMasterUrl())),
                text(config.getNamespace()),
                tls(config),
                proxies(machine, text(config.getHttpsProxy()), text(config.getHttpProxy())),
                request -> authorize(request, config));
    }

    private static SSLContext tls(Config config) {
        try {
            return SSLUtils.sslContext(config);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new UnusableConfigurationException("the certificates of the kubeconfig cannot be used ("
                    + e.getClass().getName() + "; its message is withheld, because it may quote a key)");
        }
    }

    /** Returns the proxies of the machine, with those of a configuration in front. */
    private static SystemProxies proxies(Machine machine, String https, String http) {
        Map<String, String> variables = new HashMap<>(machine.environment());
        if (!https.isEmpty()) {
            variables.put("https_proxy", https);
        }
        if (!http.isEmpty()) {
            variables.put("http_proxy", http);
        }
        if ((https + http).contains("socks")) {
            throw new UnusableConfigurationException(
                    "the proxy of the kubeconfig is a SOCKS proxy, which the JDK's HTTP"
                            + " client cannot use: name an HTTP proxy");
        }
        return SystemProxies.of(variables);
    }

    private static Login login(Path kubeconfig, AuthInfo user, Config config) {
        config.setImpersonateUsername(user.getAs());
        if (user.getAsGroups() != null) {
            config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
        }
        if (text(user.getTokenFile()).isEmpty()) {
            return request -> authorize(request, config);
        }
        Login inFile = BearerToken.inFile(kubeconfig.toAbsolutePath().resolveSibling(user.getTokenFile()));
        return request -> {
            inFile.authorize(request);
            impersonate(request, config);
        };
    }

    private static void authorize(HttpRequest.Builder request, Config config) {
        String token = token(config);
        if (!token.isEmpty()) {
            BearerToken.authorize(request, token, "the kubeconfig");
        } else if (!text(config.getUsername()).isEmpty()) {
            String both = config.getUsername() + ":" + text(config.getPassword());
            request.setHeader(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        impersonate(request, config);
    }

    private static void impersonate(HttpRequest.Builder request, Config config) {
        if (!text(config.getImpersonateUsername()).isEmpty()) {
            request.setHeader("Impersonate-User", config.getImpersonateUsername());
            for (String group : config.getImpersonateGroups() == null ? new String[0] : config.getImpersonateGroups()) {
                request.header("Impersonate-Group", group);
            }
        }
    }

    private static String token(Config config) {
        if (config.getOauthTokenProvider() != null) {
            return text(config.getOauthTokenProvider().getToken());
        }
        String token = text(config.getOauthToken());
        return token.isEmpty() ? text(config.getAutoOAuthToken()) : token;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
