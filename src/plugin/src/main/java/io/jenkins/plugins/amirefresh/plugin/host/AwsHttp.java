package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** The connections to AWS of all builds, by Jenkins' proxy; a change of the proxy counts for the builds that come. */
final class AwsHttp implements AutoCloseable {

    private final Deque<SdkHttpClient> open = new ArrayDeque<>();
    private @Nullable Way way;

    /** The client for a build that begins to call AWS. */
    synchronized SdkHttpClient client() {
        Way wanted = Way.of(JenkinsProxy.current());
        SdkHttpClient newest = open.peek();
        if (newest == null || !wanted.equals(way)) {
            newest = wanted.client();
            open.push(newest);
            way = wanted;
        }
        return newest;
    }

    /** Closes the clients of earlier proxies too: builds may still have worked with them. */
    @Override
    public synchronized void close() {
        open.forEach(SdkHttpClient::close);
        open.clear();
    }

    /** What of the proxy's configuration matters, as values. */
    private record Way(String address, String user, @Nullable Secret password, String direct) {

        static Way of(@Nullable ProxyConfiguration proxy) {
            if (proxy == null) {
                return new Way("", "", null, "");
            }
            return new Way(
                    "http://" + proxy.getName() + ":" + proxy.getPort(),
                    proxy.getUserName() == null ? "" : proxy.getUserName(),
                    proxy.getSecretPassword(),
                    proxy.getNoProxyHost() == null ? "" : proxy.getNoProxyHost());
        }

        SdkHttpClient client() {
            if (address.isEmpty()) {
                return ApacheHttpClient.create();
            }
            var proxy = software.amazon.awssdk.http.apache.ProxyConfiguration.builder()
                    .endpoint(URI.create(address));
            if (!user.isEmpty()) {
                proxy.username(user).password(Secret.toString(password));
            }
            for (Pattern pattern : ProxyConfiguration.getNoProxyHostPatterns(direct)) {
                proxy.addNonProxyHost(pattern.pattern());
            }
            return ApacheHttpClient.builder().proxyConfiguration(proxy.build()).build();
        }
    }
}
