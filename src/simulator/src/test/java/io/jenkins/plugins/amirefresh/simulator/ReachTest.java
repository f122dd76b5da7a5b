package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Who can reach a machine, and what it answers: what is declared or checked, and no more. */
class ReachTest {

    private static final String BEHAVIOURS =
            """
            behaviours:
              - match: {}
                boot: 20s
                http: [{path: /ready, body: "yes"}, {path: /admin, port: 9090}]
                tcp: [5432]
            """;

    private static final String TARGET_GROUP =
            "        targetGroups: [{name: web, port: 8080, healthCheckPath: /health, healthCheckInterval: 10s, healthyThreshold: 2, loadBalancer: web}]\n";

    private final SdkAccount account = new SdkAccount(SdkAccount.WEB
            .replace("        autoScalingGroups:", TARGET_GROUP + "        autoScalingGroups:")
            .replace("max: 4}", "max: 4, targetGroups: [web]}")
            .concat(BEHAVIOURS));
    private final Ec2Client ec2 = account.ec2;
    private final ElasticLoadBalancingV2Client balancing = account.client(ElasticLoadBalancingV2Client.builder());

    private String text(int port, String path) {
        return account.simulator
                .probe(address(), port, path)
                .map(answer -> answer.silent() ? "silence" : answer.connected() ? "" + answer.status() : "refused")
                .orElse("nobody");
    }

    private String address() {
        return ec2.describeInstances().reservations().get(0).instances().get(0).privateIpAddress();
    }

    private String groupId() {
        return ec2.describeSecurityGroups().securityGroups().get(0).groupId();
    }

    private String health() {
        account.pass(java.time.Duration.ofMinutes(1));
        String arn = balancing.describeTargetGroups().targetGroups().get(0).targetGroupArn();
        var health = balancing
                .describeTargetHealth(r -> r.targetGroupArn(arn))
                .targetHealthDescriptions()
                .get(0)
                .targetHealth();
        return health.stateAsString() + " " + health.reasonAsString();
    }

    private void admit(IpPermission permission) {
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(groupId()).ipPermissions(permission));
    }

    private static IpPermission tcp(int from, int to) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(from)
                .toPort(to)
                .ipRanges(List.of(IpRange.builder().cidrIp("10.0.0.0/8").build()))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "8080, /ready, 200",
        "8080, /health, 200",
        "8080, /else, 404",
        "9090, /admin, 200",
        "9090, /ready, 404",
        "5432, /, 404",
        "80, /ready, silence",
        "9999, /ready, silence"
    })
    void whenNobodyTouchesItsSecurityGroup_thenItAnswersWhereItListens(int port, String path, String answer) {
        assertThat(text(port, path)).isEqualTo(answer);
    }

    @Test
    void whenASecurityGroupLetsPortsIn_thenNobodyListensOnOthersOfThem() {
        admit(tcp(8000, 8999));

        assertThat(text(8080, "/ready")).isEqualTo("200");
        assertThat(text(8081, "/ready")).isEqualTo("refused");
        assertThat(text(9090, "/admin")).isEqualTo("silence");
        assertThat(health()).isEqualTo("healthy null");
    }

    @Test
    void whenOnlyTheBalancerIsLetIn_thenOthersHearNothing() {
        // given: the load balancer and the instances have the VPC's own group
        admit(IpPermission.builder()
                .ipProtocol("-1")
                .userIdGroupPairs(
                        List.of(UserIdGroupPair.builder().groupId(groupId()).build()))
                .build());

        // then
        assertThat(health()).isEqualTo("healthy null");
        assertThat(text(8080, "/health")).isEqualTo("silence");
    }

    @Test
    void whenARuleIsRevoked_thenTheBalancerLosesItsTargets() {
        // given
        admit(tcp(8080, 8080));
        admit(tcp(22, 22));
        assertThat(health()).isEqualTo("healthy null");

        // when
        ec2.revokeSecurityGroupIngress(r -> r.groupId(groupId()).ipPermissions(tcp(8080, 8080)));

        // then
        assertThat(health()).isEqualTo("unhealthy Target.Timeout");
        assertThat(text(8080, "/health")).isEqualTo("silence");
    }

    @Test
    void whenAMachineIsGone_thenNothingComesBack() {
        String address = address();
        String id =
                ec2.describeInstances().reservations().get(0).instances().get(0).instanceId();

        ec2.stopInstances(r -> r.instanceIds(id));

        assertThat(account.simulator.probe(address, 8080, "/health"))
                .isIn(java.util.Optional.empty(), java.util.Optional.of(ProbeAnswer.silence()));
    }

    @Test
    void whenABalancerHasNoListenerThere_thenNothingComesBack() {
        String dns = balancing.describeLoadBalancers().loadBalancers().get(0).dnsName();

        assertThat(account.simulator.probe(dns, 8080, "/health")).contains(ProbeAnswer.http(200, ""));
        assertThat(account.simulator.probe(dns, 443, "/health")).contains(ProbeAnswer.silence());
    }
}
