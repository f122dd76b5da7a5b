package io.jenkins.plugins.amirefresh.plugin.host;

import hudson.PluginWrapper;
import jenkins.model.Jenkins;

/** The release of this plugin, for user agents. */
final class PluginVersion {

    private PluginVersion() {}

    static String text() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(PluginVersion.class);
        return plugin == null ? "unknown" : plugin.getVersion();
    }
}
