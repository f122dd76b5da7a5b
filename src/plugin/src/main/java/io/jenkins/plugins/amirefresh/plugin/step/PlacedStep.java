package io.jenkins.plugins.amirefresh.plugin.step;

import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundSetter;

/** What the steps that work in several accounts and regions share. */
public abstract class PlacedStep extends RegionalStep {

    /** Accounts to work in: 'self' for the identity the step runs with, or ARNs of IAM roles to assume. */
    public @Nullable Object getAccounts() {
        return given("accounts");
    }

    /** Sets {@code accounts}. */
    @DataBoundSetter
    public void setAccounts(@Nullable Object accounts) {
        give("accounts", accounts);
    }

    /** External id passed when a role of 'accounts' is assumed. */
    public @Nullable String getExternalId() {
        return text("externalId");
    }

    /** Sets {@code externalId}. */
    @DataBoundSetter
    public void setExternalId(@Nullable String externalId) {
        give("externalId", externalId);
    }

    /** Jenkins AWS credentials to work with and to assume the roles of 'accounts' with. */
    public @Nullable String getCredentialsId() {
        return text("credentialsId");
    }

    /** Sets {@code credentialsId}. */
    @DataBoundSetter
    public void setCredentialsId(@Nullable String credentialsId) {
        give("credentialsId", credentialsId);
    }
}
