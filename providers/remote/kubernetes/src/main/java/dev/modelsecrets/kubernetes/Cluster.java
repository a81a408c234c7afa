package dev.modelsecrets.kubernetes;

import java.net.ProxySelector;
import java.net.URI;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** Where the API server of a cluster is, how it is trusted, and who asks. Immutable; prints the address only. */
final class Cluster {

    private final String address;
    private final String namespace;
    private final SSLContext tls;
    private final ProxySelector proxy;
    private final Login login;

    /**
     * Creates a cluster.
     *
     * @param address as it was configured; {@code https} unless it says otherwise
     * @param namespace that of the configuration; {@code default} if it is blank
     */
    Cluster(String address, String namespace, SSLContext tls, ProxySelector proxy, Login login) {
        this.address = address(address);
        this.namespace = namespace.isBlank() ? "default" : namespace;
        this.tls = tls;
        this.proxy = proxy;
        this.login = login;
    }

    /** Leaves out what a message must not have, such as a password, and the slash at the end. */
    private static String address(String configured) {
        URI uri = URI.create(configured.contains("://") ? configured : "https://" + configured);
        String host = Objects.requireNonNullElse(uri.getRawAuthority(), "").replaceFirst("^.*@", "");
        String path = Objects.requireNonNullElse(uri.getRawPath(), "").replaceFirst("/+$", "");
        if (host.isEmpty()) {
            throw new UnusableConfigurationException("the address of the API server has no host");
        }
        return uri.getScheme() + "://" + host + path;
    }

    /** Returns the address, which is also what all paths begin with. */
    String address() {
        return address;
    }

    String namespace() {
        return namespace;
    }

    SSLContext tls() {
        return tls;
    }

    ProxySelector proxy() {
        return proxy;
    }

    Login login() {
        return login;
    }

    @Override
    public String toString() {
        return address;
    }
}
