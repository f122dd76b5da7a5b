package io.jenkins.plugins.amirefresh.simulator.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRole;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/** Roles of a second account. */
class SecurityTokensTest {

    private static final String ROLE = "arn:aws:iam::222222222222:role/refresh";
    private static final String CLOSED = "arn:aws:iam::222222222222:role/closed";

    private final Simulator simulator = simulator();
    private final StsClient sts = client(AwsBasicCredentials.create("AKIDMAIN", "secret"));

    private static Simulator simulator() {
        var roles = List.of(
                new DeclaredRole(1, "refresh", List.of("111111111111"), "ext-1", Duration.ofHours(2), null),
                new DeclaredRole(1, "closed", List.of("333333333333"), null, Duration.ofHours(1), null));
        var main = new DeclaredAccount(1, "111111111111", "main", List.of("AKIDMAIN"), List.of(), List.of());
        var second = new DeclaredAccount(1, "222222222222", "second", List.of("AKIDSECOND"), roles, List.of());
        var start = Instant.parse("2026-11-22T17:00:00Z");
        return Simulator.of(new AccountFile(
                "test", start, 7, null, List.of(main, second), List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    private StsClient client(AwsCredentials credentials) {
        return StsClient.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(simulator.sdkHttpClient())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    private AwsSessionCredentials assume(AssumeRoleRequest request) {
        var issued = sts.assumeRole(request).credentials();
        return AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
    }

    private static AssumeRoleRequest.Builder request(String arn) {
        return AssumeRoleRequest.builder()
                .roleArn(arn)
                .roleSessionName("build-7")
                .externalId("ext-1");
    }

    @Test
    void whenARoleIsAssumed_thenItsKeyBelongsToTheOtherAccount() {
        // when
        var identity = client(assume(request(ROLE).build())).getCallerIdentity();

        // then
        assertThat(identity.account()).isEqualTo("222222222222");
        assertThat(identity.arn()).isEqualTo("arn:aws:sts::222222222222:assumed-role/refresh/build-7");
        assertThat(identity.userId()).startsWith("AROA").endsWith(":build-7");
    }

    @Test
    void whenItsTimeIsOver_thenTheKeyIsRefused() {
        // given
        StsClient assumed = client(assume(request(ROLE).durationSeconds(900).build()));

        // when
        simulator.advanceTo(simulator.now().plus(Duration.ofMinutes(15)));

        // then
        assertThatThrownBy(assumed::getCallerIdentity).isInstanceOfSatisfying(StsException.class, e -> assertThat(
                        e.awsErrorDetails().errorCode())
                .isEqualTo("ExpiredToken"));
    }

    @Test
    void whenTheRoleDoesNotTrustTheCaller_thenTheRefusalNamesBoth() {
        assertThatThrownBy(() -> assume(request(CLOSED).build()))
                .hasMessageContaining(
                        "User: arn:aws:iam::111111111111:user/default is not authorized to perform: sts:AssumeRole on resource: "
                                + CLOSED);
    }

    @Test
    void whenTheExternalIdIsWrong_thenItIsRefused() {
        assertThatThrownBy(() -> assume(request(ROLE).externalId("ext-2").build()))
                .isInstanceOfSatisfying(
                        StsException.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void whenMoreTimeIsAskedThanTheRoleAllows_thenItIsRefused() {
        assertThatThrownBy(() -> assume(request(ROLE).durationSeconds(3 * 3600).build()))
                .hasMessageContaining("exceeds the MaxSessionDuration set for this role");
    }
}
