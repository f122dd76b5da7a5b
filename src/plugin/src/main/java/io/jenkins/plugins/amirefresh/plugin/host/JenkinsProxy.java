package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.ProxyConfiguration;
import hudson.util.Secret;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** The way out of the network that administrators set for all of Jenkins, as it is set when a request leaves. */
public final class JenkinsProxy extends ProxySelector {

    private static final Logger LOGGER = Logger.getLogger(JenkinsProxy.class.getName());

    @Override
    public List<Proxy> select(URI uri) {
        ProxyConfiguration proxy = current();
        return List.of(proxy == null ? Proxy.NO_PROXY : proxy.createProxy(uri.getHost()));
    }

    /** The request itself fails with the same reason. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        LOGGER.log(Level.FINE, failure, () -> "reaching " + uri + " by " + address);
    }

    /** Answers the proxy, and nobody else, with the name and password set for it. */
    public static Authenticator authenticator() {
        return new ForProxy();
    }

    /** The proxy, null for none. */
    static @Nullable ProxyConfiguration current() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null || proxy.getName() == null || proxy.getName().isEmpty() ? null : proxy;
    }

    private static final class ForProxy extends Authenticator {
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            ProxyConfiguration proxy = current();
            if (proxy == null || proxy.getUserName() == null || getRequestorType() != RequestorType.PROXY) {
                return null;
            }
            return new PasswordAuthentication(
                    proxy.getUserName(),
                    Secret.toString(proxy.getSecretPassword()).toCharArray());
        }
    }
}
