package io.jenkins.plugins.amirefresh.plugin.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.step.Settings;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The name that a tag we read has in this organisation. */
public final class TagNameSetting implements Describable<TagNameSetting> {

    private final String standard;
    private final String name;

    /**
     * One tag.
     *
     * @param standard the name in our documentation, {@code AMI_update_day}
     * @param name the name on the groups
     * @throws IllegalArgumentException when we read no such tag, or the name is empty
     */
    @DataBoundConstructor
    public TagNameSetting(String standard, String name) {
        this.standard = Util.fixNull(standard).trim();
        this.name = Util.fixNull(name).trim();
        if (!Settings.TAGS.contains(this.standard)) {
            throw new IllegalArgumentException("tagNames: standard '" + this.standard + "' is not allowed; allowed: "
                    + String.join(", ", Settings.TAGS));
        }
        if (this.name.isEmpty()) {
            throw new IllegalArgumentException(
                    "tagNames: the name of the tag " + this.standard + " is missing; give the name on your groups");
        }
    }

    /** The name in our documentation. */
    public String getStandard() {
        return standard;
    }

    /** The name on the groups. */
    public String getName() {
        return name;
    }

    /** The form. */
    @Extension
    @Symbol("tagName")
    public static final class DescriptorImpl extends Descriptor<TagNameSetting> {
        @Override
        public String getDisplayName() {
            return Messages.TagNameSetting_displayName();
        }

        /** The tags we read. */
        @POST
        public ListBoxModel doFillStandardItems() {
            ListBoxModel items = new ListBoxModel();
            Settings.TAGS.forEach(items::add);
            return items;
        }

        /** Checks the name. */
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateRequired(value);
        }
    }
}
