package io.jenkins.plugins.amirefresh.plugin.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An account that steps work in when a pipeline names none. */
public final class AccountSetting implements Describable<AccountSetting> {

    private String credentialsId = "";
    private String roleArn = "";
    private String externalId = "";

    /** The controller's own identity, until the setters say otherwise. */
    @DataBoundConstructor
    public AccountSetting() {}

    /** Jenkins credentials, empty for the controller's own identity. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Sets the credentials. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** The role to assume, empty for none. */
    public String getRoleArn() {
        return roleArn;
    }

    /** Sets the role. */
    @DataBoundSetter
    public void setRoleArn(String roleArn) {
        this.roleArn = Util.fixNull(roleArn).trim();
    }

    /** Passed to AssumeRole, empty for none. */
    public String getExternalId() {
        return externalId;
    }

    /** Sets the external id. */
    @DataBoundSetter
    public void setExternalId(String externalId) {
        this.externalId = Util.fixNull(externalId).trim();
    }

    /** Older data has no element for what came later. */
    private Object readResolve() {
        credentialsId = Util.fixNull(credentialsId);
        roleArn = Util.fixNull(roleArn);
        externalId = Util.fixNull(externalId);
        return this;
    }

    /**
     * How the operations reach the account.
     *
     * @throws IllegalArgumentException when the role is malformed
     */
    public AccountAccess toAccess() {
        return new AccountAccess(credentialsId, roleArn, externalId);
    }

    /** The form. */
    @Extension
    @Symbol("account")
    public static final class DescriptorImpl extends Descriptor<AccountSetting> {

        @Override
        public String getDisplayName() {
            return Messages.AccountSetting_displayName();
        }

        /** The AWS credentials an administrator may choose. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return AwsCredentialsChoice.items(Jenkins.get(), credentialsId);
        }

        /** Checks the role's form. */
        @POST
        public FormValidation doCheckRoleArn(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                return new AccountAccess("", Util.fixNull(value).trim(), "")
                                .roleArn()
                                .isEmpty()
                        ? FormValidation.ok(Messages.AccountSetting_noRole())
                        : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
