package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups.DesiredCapacity;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudErrorsTest {

    private static final AutoScalingGroupName WEB = new AutoScalingGroupName("web");
    private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");

    private final CannedHttp http = new CannedHttp();
    private final Cloud cloud = Fixtures.cloud(http);

    @ParameterizedTest
    @CsvSource({
        "400, ValidationError, AutoScalingGroup name not found - web, NotFound",
        "400, ValidationError, The max size is too small, InvalidRequest",
        "400, InstanceRefreshInProgress, one is running, Conflict",
        "400, ScalingActivityInProgress, busy, Conflict",
        "500, ResourceContention, busy, Conflict",
        "400, Throttling, Rate exceeded, Throttled",
        "400, RequestLimitExceeded, Request limit exceeded, Throttled",
        "403, AccessDenied, not authorized, AccessDenied",
        "403, SignatureDoesNotMatch, check your secret, AccessDenied",
    })
    void whenAnAnswerRefuses_thenItsCodeDecidesTheException(int status, String code, String message, String expected) {
        // given
        http.refuse(status, code, message);

        // when
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> cloud.instanceRefreshes().cancel(WEB, true));

        // then
        assertThat(e.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(e.awsErrorCode()).isEqualTo(code);
        assertThat(e)
                .hasMessage(
                        "CancelInstanceRefresh of web in eu-west-1: " + code + ": " + message + " (request id req-1)");
        assertThat(http.sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidLaunchTemplateId.NotFound, NotFound",
        "400, InvalidLaunchTemplateId.VersionNotFound, NotFound",
        "503, RequestLimitExceeded, Throttled",
        "403, UnauthorizedOperation, AccessDenied",
        "400, IdempotentParameterMismatch, InvalidRequest",
    })
    void whenEc2Refuses_thenItsCodeDecidesTheException(int status, String code, String expected) {
        // given
        http.answer(Fixtures.identity("111111111111")).refuseAsEc2(status, code, "no");

        // when
        CloudException e = catchThrowableOfType(CloudException.class, () -> cloud.launchTemplates()
                .setDefaultVersion(new LaunchTemplateId("lt-0123456789abcdef0"), new LaunchTemplateVersion(4)));

        // then
        assertThat(e.getClass().getSimpleName()).isEqualTo(expected);
        assertThat(e).hasMessageStartingWith("ModifyLaunchTemplate of lt-0123456789abcdef0 in eu-west-1: " + code);
        assertThat(http.sent(body -> body.contains("ModifyLaunchTemplate"))).hasSize(1);
    }

    @Test
    void whenAReadFindsNoAnswer_thenItIsSentThreeTimesAndUnavailable() {
        // given
        http.drop().drop().drop();

        // when
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> cloud.instanceRefreshes().of(WEB));

        // then
        assertThat(e).isInstanceOf(CloudException.Unavailable.class);
        assertThat(e.isOutcomeUnknown()).isTrue();
        assertThat(e)
                .hasMessage("DescribeInstanceRefreshes of web in eu-west-1: no answer from AWS (Connection reset)");
        assertThat(http.sent()).hasSize(3);
    }

    @Test
    void whenAnAbsoluteValueFindsNoAnswerOnce_thenItIsSentAgain() {
        // given
        http.drop().answer("<SetDesiredCapacityResponse/>");

        // when
        cloud.autoScalingGroups().setDesiredCapacity(WEB, 3);

        // then
        assertThat(http.sent()).hasSize(2).allMatch(body -> body.contains("DesiredCapacity=3"));
    }

    @Test
    void whenTheSecondAttemptIsThrottled_thenNobodyKnowsWhetherTheFirstTookEffect() {
        // given
        http.drop().refuse(400, "Throttling", "Rate exceeded");

        // when
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> cloud.autoScalingGroups().setDesiredCapacity(WEB, 3));

        // then
        assertThat(e).isInstanceOf(CloudException.Unavailable.class);
        assertThat(e.isOutcomeUnknown()).isTrue();
        assertThat(e)
                .hasMessage("SetDesiredCapacity of web in eu-west-1: Throttling: Rate exceeded (request id req-1),"
                        + " after a first attempt without an answer");
    }

    @Test
    void whenATerminationFindsNoAnswer_thenItIsNotSentAgain() {
        // given
        http.answer(Fixtures.identity("111111111111")).drop().answer("<TerminateInstanceInAutoScalingGroupResponse/>");

        // when
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> cloud.autoScalingGroups().terminate(INSTANCE, DesiredCapacity.KEEP));

        // then
        assertThat(e).isInstanceOf(CloudException.Unavailable.class);
        assertThat(http.sent(body -> body.contains("TerminateInstance"))).hasSize(1);
    }

    @Test
    void whenAwsFailsInside_thenOnlyACallThatIsSafeToRepeatIsSentAgain() {
        // given
        http.refuse(500, "InternalFailure", "sorry")
                .answer("<UpdateAutoScalingGroupResponse/>")
                .refuse(500, "InternalFailure", "sorry");

        // when
        cloud.autoScalingGroups().setMinSize(WEB, 1);
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> cloud.instanceRefreshes().rollBack(WEB));

        // then
        assertThat(e).isInstanceOf(CloudException.Unavailable.class);
        assertThat(http.sent(body -> body.contains("UpdateAutoScalingGroup"))).hasSize(2);
        assertThat(http.sent(body -> body.contains("RollbackInstanceRefresh"))).hasSize(1);
    }

    @Test
    void whenMoreIsAskedThanAwsAdmits_thenTheCallIsThrottledWithoutBeingSent() {
        // given
        http.answer(Fixtures.identity("111111111111"));
        AmiId ami = new AmiId("ami-0123456789abcdef0");
        for (int i = 0; i < 100; i++) {
            http.answer("<CreateTagsResponse><return>true</return></CreateTagsResponse>");
            cloud.amis().putTags(ami, Map.of("n", "" + i));
        }

        // when
        CloudException e =
                catchThrowableOfType(CloudException.class, () -> cloud.amis().putTags(ami, Map.of("n", "100")));

        // then
        assertThat(e).isInstanceOf(CloudException.Throttled.class);
        assertThat(e)
                .hasMessage("CreateTags of ami-0123456789abcdef0 in eu-west-1: held back on this side, "
                        + "at most 10 a second");
        assertThat(http.sent(body -> body.contains("CreateTags"))).hasSize(100);
    }

    @Test
    void whenAMessageHasLines_thenTheExceptionHasOne() {
        // given
        http.refuse(400, "ValidationError", "first\n   second");

        // when
        CloudException e = catchThrowableOfType(
                CloudException.class, () -> cloud.autoScalingGroups().setMaxSize(WEB, 3));

        // then
        assertThat(e).hasMessageContaining("first second");
    }
}
