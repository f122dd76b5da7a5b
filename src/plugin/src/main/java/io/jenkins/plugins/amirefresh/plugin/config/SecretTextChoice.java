package io.jenkins.plugins.amirefresh.plugin.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.util.ListBoxModel;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jspecify.annotations.Nullable;

/** The secret texts a form offers: only to those who may use them, with the current value kept for everybody. */
public final class SecretTextChoice {

    private SecretTextChoice() {}

    /** For a step in {@code item}; outside any job nothing but the current value. */
    public static ListBoxModel items(@Nullable Item item, String current) {
        if (item == null) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        AccessControlled job = item;
        if (!job.hasPermission(Item.EXTENDED_READ) && !job.hasPermission(CredentialsProvider.USE_ITEM)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeAs(ACL.SYSTEM2, item, StringCredentials.class, List.of())
                .includeCurrentValue(current);
    }
}
