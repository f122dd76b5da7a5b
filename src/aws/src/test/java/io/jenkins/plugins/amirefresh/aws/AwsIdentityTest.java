package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
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

    @ParameterizedTest
    @CsvSource({
        "403, ExpiredToken",
        "403, ExpiredTokenException",
        "400, RequestExpired",
        "403, InvalidClientTokenId",
        "400, UnrecognizedClientException"
    })
    void whenAwsSaysThatTheSessionIsOver_thenItIsAssumedAnewAndTheCallSentOnceMore(int status, String code) {
        // given
        http.answer(Fixtures.session("ASIA1", clock.instant().plus(Duration.ofHours(1))))
                .refuse(status, code, "The security token included in the request is expired")
                .answer(Fixtures.session("ASIA2", clock.instant().plus(Duration.ofHours(1))))
                .answer("<SetDesiredCapacityResponse/>");
        var groups = clouds().cloud(Fixtures.ROLE, Fixtures.IRELAND).autoScalingGroups();

        // when
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 1);

        // then
        assertThat(http.sent(body -> body.contains("AssumeRole"))).hasSize(2);
        assertThat(http.sent(body -> body.contains("SetDesiredCapacity"))).hasSize(2);
    }

    @Test
    void whenNewCredentialsAreRefusedToo_thenTheCallFailsWithoutAThirdAttempt() {
        // given
        http.answer(Fixtures.session("ASIA1", clock.instant().plus(Duration.ofHours(1))))
                .refuse(403, "ExpiredToken", "The security token included in the request is expired")
                .answer(Fixtures.session("ASIA2", clock.instant().plus(Duration.ofHours(1))))
                .refuse(403, "ExpiredToken", "The security token included in the request is expired");
        var groups = clouds().cloud(Fixtures.ROLE, Fixtures.IRELAND).autoScalingGroups();

        // when
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> groups.setDesiredCapacity(new AutoScalingGroupName("web"), 1));

        // then
        assertThat(e).isInstanceOf(CloudException.AccessDenied.class).hasMessageContaining("ExpiredToken");
        assertThat(http.sent()).hasSize(4);
    }

    @Test
    void whenTheProviderHasNewKeys_thenTheyCountAtOnceAfterARefusalAndElseWithinAMinute() {
        // given
        AtomicInteger asked = new AtomicInteger();
        AwsCredentialsProvider provider =
                () -> AwsBasicCredentials.create("AKIATEST" + asked.incrementAndGet(), "secret");
        http.answer("<SetDesiredCapacityResponse/>")
                .answer("<SetDesiredCapacityResponse/>")
                .refuse(403, "InvalidClientTokenId", "The security token included in the request is invalid")
                .answer("<SetDesiredCapacityResponse/>")
                .answer("<SetDesiredCapacityResponse/>");
        var clouds = new AwsClouds(AwsConnection.of(http, id -> provider, clock, "1.0"), "weekly", 1);
        var groups = clouds.cloud(AccountAccess.SELF, Fixtures.IRELAND).autoScalingGroups();

        // when
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 1);
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 2);
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 3);
        clock.pass(Duration.ofMinutes(1));
        groups.setDesiredCapacity(new AutoScalingGroupName("web"), 4);

        // then
        assertThat(asked).hasValue(3);
        assertThat(http.sent()).hasSize(5);
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
        assertThat(e)
                .hasMessageContaining(
                        "no credentials to call AWS with: give the step credentialsId, set AWS_ACCESS_KEY_ID and");
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
