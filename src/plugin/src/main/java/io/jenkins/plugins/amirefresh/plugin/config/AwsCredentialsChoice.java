package io.jenkins.plugins.amirefresh.plugin.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jspecify.annotations.Nullable;

/** The AWS credentials a form offers: only to those who may use them, with the current value kept for everybody. */
public final class AwsCredentialsChoice {

    private AwsCredentialsChoice() {}

    /** For the global configuration. */
    public static ListBoxModel items(Jenkins jenkins, String current) {
        if (!jenkins.hasPermission(Jenkins.ADMINISTER)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeAs(ACL.SYSTEM2, (ItemGroup<?>) jenkins, AmazonWebServicesCredentials.class, List.of())
                .includeCurrentValue(current);
    }

    /** For a step in {@code item}, null in the snippet generator outside any job. */
    public static ListBoxModel items(@Nullable Item item, String current) {
        if (item == null) {
            return items(Jenkins.get(), current);
        }
        AccessControlled job = item;
        if (!job.hasPermission(Item.EXTENDED_READ) && !job.hasPermission(CredentialsProvider.USE_ITEM)) {
            return new StandardListBoxModel().includeCurrentValue(current);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeAs(ACL.SYSTEM2, item, AmazonWebServicesCredentials.class, List.of())
                .includeCurrentValue(current);
    }
}
