package io.jenkins.plugins.amirefresh.simulator.account;

import java.net.URI;
import java.util.Locale;

/**
 * What a web server outside of AWS holds.
 *
 * @param url where, for example {@code https://config.example.com/dev.json}
 * @param status 200 when not said
 * @param silent its server never answers
 */
public record DeclaredDocument(int line, String url, int status, String body, boolean silent) {

    private static final int OK = 200;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    public DeclaredDocument {
        status = status == 0 ? OK : status;
        body = Lists.or(body, "");
    }

    /** Who asks this host and port asks its server. */
    public boolean isServedBy(String host, int port) {
        URI uri = URI.create(url);
        int usual = "https".equals(uri.getScheme()) ? HTTPS : HTTP;
        return host.toLowerCase(Locale.ROOT)
                        .equals(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))
                && port == (uri.getPort() < 0 ? usual : uri.getPort());
    }

    /** Its path with the query. */
    public String path() {
        URI uri = URI.create(url);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
