package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Where shared documents may come from: a tag can be written by many, and what it names is fetched from the controller. */
record AllowedUrls(List<URI> beginnings) {

    /** Copies the list. */
    AllowedUrls {
        beginnings = List.copyOf(beginnings);
    }

    /** @throws ParameterException for one that is no https address */
    static AllowedUrls of(List<String> texts) {
        return new AllowedUrls(texts.stream().map(AllowedUrls::beginning).toList());
    }

    private static URI beginning(String text) {
        try {
            URI uri = new URI(text);
            boolean isPlain = uri.getUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && isPlain) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below, with what is allowed.
        }
        throw ParameterException.of(
                PowerCycle.ALLOW_URLS, text, "https addresses such as https://config.example.com/schedules/");
    }

    /** One of them is the beginning of this address: the same host and port, and whole parts of the path. */
    boolean allow(URI uri) {
        URI normal = uri.normalize();
        String path = path(normal);
        boolean leavesItself = path.contains("/../")
                || path.endsWith("/..")
                || path.toLowerCase(Locale.ROOT).contains("%2e");
        return !leavesItself
                && beginnings.stream()
                        .anyMatch(allowed -> allowed.getHost().equalsIgnoreCase(normal.getHost())
                                && port(allowed) == port(normal)
                                && isUnder(path(allowed), path));
    }

    private static boolean isUnder(String allowed, String path) {
        String folder = allowed.endsWith("/") ? allowed : allowed + "/";
        return path.equals(allowed) || path.startsWith(folder);
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? 443 : uri.getPort();
    }

    private static String path(URI uri) {
        return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }
}
