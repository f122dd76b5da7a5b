package io.jenkins.plugins.amirefresh.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.amirefresh.plugin.execution.LeftoverMonitor;
import io.jenkins.plugins.amirefresh.plugin.step.RecycleAsgsStep;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.access.AccessDeniedException;

/** What users see who may not see everything. */
@WithJenkins
class PermissionTest {

    private WorkflowJob job;
    private RecycleAsgsStep.DescriptorImpl descriptor;

    @BeforeEach
    void users(JenkinsRule jenkins) throws Exception {
        CredentialsProvider.lookupStores(Jenkins.get())
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(CredentialsScope.GLOBAL, "fleet-keys", "AKIATEST", "secret", "fleet"));
        job = jenkins.createProject(WorkflowJob.class);
        descriptor = ExtensionList.lookupSingleton(RecycleAsgsStep.DescriptorImpl.class);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("dev"));
    }

    @Test
    void whenAReaderOpensTheForm_thenItOffersNoCredentials() {
        try (var unused = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertEquals(List.of(""), values(descriptor.doFillCredentialsIdItems(job, "")));
            assertThrows(AccessDeniedException.class, () -> descriptor.doCheckAsgs(job, "web"));
        }
    }

    @Test
    void whenWhoMayConfigureOpensTheForm_thenItOffersTheCredentials() {
        try (var unused = ACL.as2(User.getById("dev", true).impersonate2())) {
            assertTrue(values(descriptor.doFillCredentialsIdItems(job, "")).contains("fleet-keys"));
        }
    }

    @Test
    void whenWhoMayConfigureOpensTheFormOutsideAJob_thenItOffersNoCredentials() {
        try (var unused = ACL.as2(User.getById("dev", true).impersonate2())) {
            assertEquals(List.of(""), values(descriptor.doFillCredentialsIdItems(null, "")));
        }
    }

    @Test
    void whenAReaderReleasesLeftovers_thenHeIsRefused() {
        LeftoverMonitor monitor = ExtensionList.lookupSingleton(LeftoverMonitor.class);
        try (var unused = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThrows(AccessDeniedException.class, monitor::doRelease);
        }
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(item -> item.value).toList();
    }
}
