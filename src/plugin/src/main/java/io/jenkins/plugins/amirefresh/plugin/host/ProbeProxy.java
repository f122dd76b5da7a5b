package io.jenkins.plugins.amirefresh.plugin.host;

import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The way of HTTP checks to instances and load balancers: straight, unless administrators set a proxy into their network. */
public final class ProbeProxy extends ProxySelector {

    private static final Logger LOGGER = Logger.getLogger(ProbeProxy.class.getName());

    @Override
    public List<Proxy> select(URI uri) {
        String proxy = AmiRefreshConfiguration.get().getProbeProxy();
        if (proxy.isEmpty()) {
            return List.of(Proxy.NO_PROXY);
        }
        URI address = URI.create(proxy);
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(address.getHost(), address.getPort())));
    }

    /** The check itself gets the failure as its answer. */
    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        LOGGER.log(Level.FINE, failure, () -> "asking " + uri + " by " + address);
    }
}
