package orchestrator.tasks.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import orchestrator.api.TaskFailure;

/**
 * The hosts that may be called. An empty list allows every host with public addresses alone; a list allows what it names
 * and nothing else, addresses of this machine and of private networks too. Immutable.
 *
 * <p>An entry is a host ({@code example.org}), all hosts below a domain ({@code *.example.org}), or either with a port
 * ({@code 127.0.0.1:8080}). With an empty list the name is looked up here and again by the connection: who controls the
 * name's server can answer differently. Only a list is a fence.
 */
public final class Hosts {
    private final List<String> allowed;

    /** Blank entries are left out. */
    public Hosts(List<String> allowed) {
        this.allowed =
                allowed.stream()
                        .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                        .filter(entry -> !entry.isEmpty())
                        .toList();
    }

    /**
     * Lets pass what may be called.
     *
     * @throws TaskFailure permanent, with the code {@code http-url} or {@code http-host}; retryable, with the code
     *     {@code http-connection}, if the host is not known now
     */
    void check(URI url) throws TaskFailure {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw TaskFailure.permanent(
                    "http-url", "Expected an absolute http or https URL, but found " + url);
        }
        String host = url.getHost().toLowerCase(Locale.ROOT);
        int port = url.getPort() != -1 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        if (allowed.isEmpty()) {
            publicOnly(host);
        } else if (allowed.stream()
                .noneMatch(entry -> matches(entry, host) || matches(entry, host, ":" + port))) {
            throw refused(host + ":" + port, "hosts.allowed does not name it");
        }
    }

    private static boolean matches(String entry, String host, String port) {
        return entry.endsWith(port)
                && matches(entry.substring(0, entry.length() - port.length()), host);
    }

    private static boolean matches(String entry, String host) {
        return entry.startsWith("*.") ? host.endsWith(entry.substring(1)) : host.equals(entry);
    }

    private static void publicOnly(String host) throws TaskFailure {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!isPublic(address)) {
                    throw refused(host, address.getHostAddress() + " is no public address");
                }
            }
        } catch (UnknownHostException e) {
            throw TaskFailure.retryable(
                    "http-connection", "Expected a known host, but found '" + host + "'", e);
        }
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return !(address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || shared);
    }

    private static TaskFailure refused(String host, String why) {
        return TaskFailure.permanent(
                "http-host",
                "Expected a host that may be called, but found '%s': %s. Name it in hosts.allowed of etc/orchestrator.tasks.http.cfg"
                        .formatted(host, why));
    }
}
