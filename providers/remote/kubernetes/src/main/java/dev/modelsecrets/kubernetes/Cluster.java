package dev.modelsecrets.kubernetes;

import dev.modelsecrets.remote.SystemProxies;
import java.net.URI;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Where the API server of a cluster is, how it is reached and trusted, and who asks. Immutable; prints the address
 * only.
 */
final class Cluster {

    private final URI address;
    private final String namespace;
    private final SSLContext tls;
    private final SystemProxies proxies;
    private final Login login;

    /**
     * Creates a cluster.
     *
     * @param address from {@link #address}
     * @param namespace that of the configuration; {@code default} if it is blank
     */
    Cluster(URI address, String namespace, SSLContext tls, SystemProxies proxies, Login login) {
        this.address = address;
        this.namespace = namespace.isBlank() ? "default" : namespace;
        this.tls = tls;
        this.proxies = proxies;
        this.login = login;
    }

    /**
     * Reads an address, without what a message must not have, such as a password, and the slash at the end.
     *
     * @throws UnusableConfigurationException if it is no address of a server
     */
    static URI address(String configured) {
        try {
            URI uri = URI.create(configured);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                String host = uri.getRawAuthority().replaceFirst("^.*@", "");
                String path = Objects.requireNonNullElse(uri.getRawPath(), "").replaceFirst("/+$", "");
                return URI.create(uri.getScheme() + "://" + host + path);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as the exception quotes the address, which may hold a password.
        }
        throw new UnusableConfigurationException(
                "the address of the API server does not begin with https:// (or http://) and a host");
    }

    /** Returns the address, which is also what all paths begin with. */
    URI address() {
        return address;
    }

    String namespace() {
        return namespace;
    }

    SSLContext tls() {
        return tls;
    }

    SystemProxies proxies() {
        return proxies;
    }

    Login login() {
        return login;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
