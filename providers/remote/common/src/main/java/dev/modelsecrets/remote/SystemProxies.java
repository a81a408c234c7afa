package dev.modelsecrets.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of this process: those of the JVM's properties, else those of the variables that other tools read.
 *
 * <p>The properties are {@code https.proxyHost}, {@code http.proxyHost} and {@code http.nonProxyHosts}; the variables
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in upper or lower case, as curl, Go and Python read
 * them; {@code NO_PROXY} takes networks too, such as {@code 10.0.0.0/8}. Loopback never goes through a proxy of a
 * variable. All remote providers choose their proxy with this. Thread-safe.
 */
public final class SystemProxies extends ProxySelector {

    private final Map<String, String> environment;

    private SystemProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Looks at the variables of this process.
     *
     * @return a selector
     */
    public static SystemProxies create() {
        return new SystemProxies(System.getenv());
    }

    /**
     * Looks at variables from a map, for tests.
     *
     * @param environment variables and their values; copied
     * @return a selector
     */
    public static SystemProxies of(Map<String, String> environment) {
        return new SystemProxies(Map.copyOf(environment));
    }

    /**
     * Returns the proxy for an address.
     *
     * @param address an http or https address
     * @return host and port, not resolved; empty if there is none
     */
    public Optional<InetSocketAddress> proxyFor(URI address) {
        return select(address).stream()
                .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .findFirst();
    }

    @Override
    public List<Proxy> select(URI address) {
        ProxySelector properties = ProxySelector.getDefault();
        if (properties != null) {
            List<Proxy> chosen = properties.select(address);
            if (chosen.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) {
                return chosen;
            }
        }
        @Nullable URI proxy = ofVariables(address);
        return List.of(
                proxy == null
                        ? Proxy.NO_PROXY
                        : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port(proxy))));
    }

    private @Nullable URI ofVariables(URI address) {
        String host = address.getHost();
        boolean https = "https".equalsIgnoreCase(address.getScheme());
        String proxy = variable(https ? "HTTPS_PROXY" : "HTTP_PROXY");
        if (host == null || proxy.isEmpty() || isLoopback(host) || isExempt(host)) {
            return null;
        }
        try {
            URI uri = new URI(proxy.contains("://") ? proxy : "http://" + proxy);
            return uri.getHost() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null; // as curl does with what is no address
        }
    }

    private static int port(URI proxy) {
        if (proxy.getPort() >= 0) {
            return proxy.getPort();
        }
        return "https".equalsIgnoreCase(proxy.getScheme()) ? 443 : 80;
    }

    private String variable(String name) {
        String lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        return (lower.isBlank() ? environment.getOrDefault(name, "") : lower).strip();
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** Reads {@code NO_PROXY}: hosts, domains with or without a dot in front, addresses, networks, a star. */
    private boolean isExempt(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return Pattern.compile("[,\\s]+")
                .splitAsStream(variable("NO_PROXY").toLowerCase(Locale.ROOT))
                .anyMatch(entry -> entry.equals("*") || exempts(entry, name));
    }

    private static boolean exempts(String entry, String host) {
        Optional<AddressRange> range = AddressRange.of(entry);
        if (range.isPresent()) {
            return range.get().contains(host);
        }
        String domain = entry.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
        return !domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain) || sameAddress(domain, host));
    }

    private static boolean sameAddress(String entry, String host) {
        return entry.startsWith("[")
                && AddressRange.of(entry.replaceAll("[\\[\\]]", ""))
                        .filter(address -> address.contains(host))
                        .isPresent();
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The next call chooses anew, and the failure is told by who made the call.
    }
}
