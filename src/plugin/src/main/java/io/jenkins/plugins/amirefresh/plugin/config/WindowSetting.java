package io.jenkins.plugins.amirefresh.plugin.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.util.Locale;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The window of an environment whose groups have no tags of their own. */
public final class WindowSetting implements Describable<WindowSetting> {

    private final String environment;
    private final String opens;

    /**
     * The window of one environment.
     *
     * @param opens day and time, {@code sun 19:00}
     */
    @DataBoundConstructor
    public WindowSetting(String environment, String opens) {
        this.environment = Util.fixNull(environment).trim().toLowerCase(Locale.ROOT);
        this.opens = Util.fixNull(opens).trim();
    }

    /** The value of the tag {@code Environment}, lower case. */
    public String getEnvironment() {
        return environment;
    }

    /** Day and time, {@code sun 19:00}. */
    public String getOpens() {
        return opens;
    }

    /** The form. */
    @Extension
    @Symbol("window")
    public static final class DescriptorImpl extends Descriptor<WindowSetting> {
        @Override
        public String getDisplayName() {
            return Messages.WindowSetting_displayName();
        }
    }
}
