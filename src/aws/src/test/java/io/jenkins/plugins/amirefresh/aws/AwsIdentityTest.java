package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsIdentityTest {

    private final CannedHttp http = new CannedHttp();
    private final Fixtures.MovingClock clock = new Fixtures.MovingClock();

    private AwsClouds clouds() {
        return new AwsClouds(Fixtures.connection(http, clock), "fleet/weekly refresh", 12);
    }

    @Test
    void whenARoleIsNamed_thenItIsAssumedOnceWithTheBuildsNameAndTheExternalId() {
        // given
        http.answer(Fixtures.session("ASIA1", clock.instant().plus(Duration.ofHours(1))))
                .answer(Fixtures.identity("222222222222"));
        var cloud = clouds().cloud(Fixtures.ROLE, Fixtures.IRELAND);

        // when
        AccountId account = cloud.account();

        // then
        assertThat(account).isEqualTo(new AccountId("222222222222"));
        assertThat(cloud.account()).isEqualTo(account);
        assertThat(http.sent()).hasSize(2);
        assertThat(http.sent().get(0))
                .contains("Action=AssumeRole", "RoleSessionName=fleet-weekly-refresh-12", "ExternalId=shared-word");
    }

    @Test
    void whenTheSessionNearsItsEnd_thenItIsRenewedBeforeTheNextCall() {
        // given
        http.answer(Fixtures.session("ASIA1", clock.instant().plus(Duration.ofHours(1))))
                .answer("<SetDesiredCapacityResponse/>")
                .answer(Fixtures.session("ASIA2", clock.instant().plus(Duration.ofHours(2))))
                .answer("<SetDesiredCapacityResponse/>");
        var groups = clouds().cloud(Fixtures.ROLE, Fixtures.IRELAND).autoScalingGroups();
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 1);

        // when
        clock.pass(Duration.ofMinutes(56));
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 1);

        // then
        assertThat(http.sent(body -> body.contains("AssumeRole"))).hasSize(2);
    }

    @Test
    void whenTheRoleMayNotBeAssumed_thenTheRefusalNamesTheRole() {
        // given
        http.refuse(403, "AccessDenied", "User is not authorized to perform: sts:AssumeRole");

        // when
        CloudException e =
                catchThrowableOfType(CloudException.class, () -> clouds().cloud(Fixtures.ROLE, Fixtures.IRELAND)
                        .account());

        // then
        assertThat(e).isInstanceOf(CloudException.AccessDenied.class);
        assertThat(e)
                .hasMessageStartingWith(
                        "AssumeRole of arn:aws:iam::222222222222:role/ami-refresh in eu-west-1: AccessDenied");
    }

    @Test
    void whenThereAreNoCredentials_thenItSaysSoWithoutACall() {
        // given
        AwsCredentialsProvider none = () -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers");
        };
        var clouds = new AwsClouds(AwsConnection.of(http, id -> none, clock, "1.0"), "weekly", 1);

        // when
        CloudException e =
                catchThrowableOfType(CloudException.class, () -> clouds.cloud(AccountAccess.SELF, Fixtures.IRELAND)
                        .account());

        // then
        assertThat(e).isInstanceOf(CloudException.AccessDenied.class);
        assertThat(e).hasMessageContaining("no credentials to call AWS with (Unable to load");
        assertThat(http.sent()).isEmpty();
    }

    @Test
    void whenAnythingIsSent_thenTheUserAgentNamesTheProduct() {
        // given
        http.answer(Fixtures.identity("111111111111"));

        // when
        clouds().cloud(AccountAccess.SELF, Fixtures.IRELAND).account();

        // then
        assertThat(http.userAgents()).hasSize(1).allMatch(agent -> agent.contains("ami-refresh/1.0"));
    }

    @Test
    void whenAJobsNameIsLong_thenTheSessionNameKeepsTheBuildNumber() {
        // given
        String job = "folder/".repeat(20) + "refresh";

        // when
        String name = AwsClouds.sessionName(job, 345);

        // then
        assertThat(name).hasSize(64).endsWith("refresh-345").matches("[A-Za-z0-9_+=,.@-]+");
    }
}
