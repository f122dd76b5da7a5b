package io.jenkins.plugins.amirefresh.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.plugin.config.AccountSetting;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.plugin.config.TagNameSetting;
import io.jenkins.plugins.amirefresh.plugin.config.WindowSetting;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.springframework.security.access.AccessDeniedException;

@WithJenkinsConfiguredWithCode
class ConfigurationTest {

    @Test
    @ConfiguredWithCode("configuration.yaml")
    void whenConfiguredAsCode_thenEverySettingArrives(JenkinsConfiguredWithCodeRule jenkins) {
        // when
        AmiRefreshConfiguration configuration = AmiRefreshConfiguration.get();

        // then
        assertEquals("eu-west-1, eu-west-2", configuration.getRegions());
        assertEquals("Europe/London", configuration.getZone());
        assertEquals("6h", configuration.getWindowDuration());
        assertEquals("http://proxy.example.com:3128", configuration.getProbeProxy());
        assertEquals(
                "arn:aws:iam::222222222222:role/ami-refresh",
                configuration.getAccounts().get(1).getRoleArn());
        assertEquals("sun 19:00", configuration.getWindows().get(0).getOpens());
        assertEquals(
                Map.of("AMI_update_day", "refresh-day"),
                configuration.toSettings().tagNames());
        assertEquals("25", configuration.getMaxConcurrent());
    }

    @Test
    void whenTheFormIsSavedUnchanged_thenNothingChanges(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        // given
        AmiRefreshConfiguration configuration = AmiRefreshConfiguration.get();
        AccountSetting account = new AccountSetting();
        account.setRoleArn("arn:aws:iam::333333333333:role/refresh");
        configuration.setAccounts(List.of(account));
        configuration.setWindows(List.of(new WindowSetting("prod", "wed 03:00")));
        configuration.setTagNames(List.of(new TagNameSetting("Environment", "env")));
        configuration.setRegions("us-east-1");

        // when
        jenkins.configRoundtrip();

        // then
        assertEquals("us-east-1", configuration.getRegions());
        assertEquals(
                "arn:aws:iam::333333333333:role/refresh",
                configuration.getAccounts().get(0).getRoleArn());
        assertEquals("wed 03:00", configuration.getWindows().get(0).getOpens());
        assertEquals("env", configuration.getTagNames().get(0).getName());
    }

    @Test
    void whenAValueChanges_thenStepsReadItFromThenOn(JenkinsConfiguredWithCodeRule jenkins) {
        // given
        AmiRefreshConfiguration configuration = AmiRefreshConfiguration.get();
        configuration.setRegions("us-east-1");
        Settings before = configuration.toSettings();

        // when
        Settings unchanged = configuration.toSettings();
        configuration.setRegions("us-west-2");

        // then
        assertSame(before, unchanged);
        assertEquals(
                List.of(new AwsRegion("us-west-2")), configuration.toSettings().regions());
    }

    @Test
    void whenAReaderAsks_thenChecksAreRefused(JenkinsConfiguredWithCodeRule jenkins) {
        // given
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));

        // when, then
        try (var unused = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThrows(AccessDeniedException.class, () -> AmiRefreshConfiguration.get()
                    .doCheckZone("UTC"));
        }
    }
}
