package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.AdditionalAttribute;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/** What Terraform, Ansible and their like see of load balancers. */
class BalancersFidelityTest {

    private static final String VPCS =
            """
                    vpcs:
                      - {name: main, cidr: 10.0.0.0/16, isDefault: true, subnets: [
                          {name: a1, zone: eu-west-1a, cidr: 10.0.0.0/20}, {name: a2, zone: eu-west-1a, cidr: 10.0.16.0/20},
                          {name: b1, zone: eu-west-1b, cidr: 10.0.32.0/20}]}
                      - {name: other, cidr: 10.9.0.0/16, subnets: [{name: o1, zone: eu-west-1b, cidr: 10.9.0.0/20}]}
                    images:
            """
                    .indent(0)
                    .replace("images:\n", "images:");

    private final SdkAccount account = new SdkAccount(
            SdkAccount.WEB.replace("        images:", VPCS).replace("max: 4}", "max: 4, subnets: [a1, b1]}"));
    private final ElasticLoadBalancingV2Client v2 = account.client(ElasticLoadBalancingV2Client.builder());
    private final ElasticLoadBalancingClient classic = account.client(ElasticLoadBalancingClient.builder());

    private Subnet subnet(String name) {
        return account.ec2.describeSubnets().subnets().stream()
                .filter(subnet ->
                        subnet.tags().stream().anyMatch(tag -> tag.value().equals(name)))
                .findFirst()
                .orElseThrow();
    }

    private String id(String name) {
        return name.startsWith("subnet-") ? name : subnet(name).subnetId();
    }

    private String ownGroup(String vpcId) {
        return account.ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group ->
                        group.vpcId().equals(vpcId) && group.groupName().equals("default"))
                .findFirst()
                .orElseThrow()
                .groupId();
    }

    @Test
    void whenAnApplicationLoadBalancerIsMade_thenItStandsInItsZonesAndIsProvisioned() {
        // when
        LoadBalancer made = v2.createLoadBalancer(r -> r.name("web")
                        .ipAddressType("dualstack")
                        .subnetMappings(
                                SubnetMapping.builder().subnetId(id("a1")).build(),
                                SubnetMapping.builder().subnetId(id("b1")).build()))
                .loadBalancers()
                .get(0);
        account.pass(Duration.ofMinutes(2));
        LoadBalancer later = v2.describeLoadBalancers().loadBalancers().get(0);

        // then
        String vpcId = subnet("a1").vpcId();
        assertThat(made.state().codeAsString()).isEqualTo("provisioning");
        assertThat(made.availabilityZones())
                .extracting(AvailabilityZone::zoneName)
                .containsExactly("eu-west-1a", "eu-west-1b");
        assertThat(made.vpcId()).isEqualTo(vpcId);
        assertThat(made.securityGroups()).containsExactly(ownGroup(vpcId));
        assertThat(made.ipAddressTypeAsString()).isEqualTo("dualstack");
        assertThat(later.state().codeAsString()).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a1     | application | ValidationError             | At least two subnets in two different Availability Zones must be specified
            a1,a2  | network     | InvalidConfigurationRequest | A load balancer cannot be attached to multiple subnets in the same Availability Zone
            a1,o1  | application | InvalidConfigurationRequest | All subnets must belong to the same VPC
            a1,subnet-00000000000000000 | application | SubnetNotFound | The subnet ID 'subnet-00000000000000000' does not exist
            """)
    void whenItCannotStandThere_thenItIsRefused(String names, String type, String code, String message) {
        List<String> ids = List.of(names.split(",")).stream().map(this::id).toList();

        AwsServiceException refusal = catchThrowableOfType(
                AwsServiceException.class,
                () -> v2.createLoadBalancer(r -> r.name("web").type(type).subnets(ids)));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.awsErrorDetails().errorMessage()).startsWith(message);
        assertThat(v2.describeLoadBalancers().loadBalancers()).isEmpty();
    }

    @Test
    void whenAListenerHasTags_thenTheyStay() {
        // given
        String balancer = v2.createLoadBalancer(
                        r -> r.name("web").type("network").subnets(id("a1")))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        String group = v2.createTargetGroup(r -> r.name("web")
                        .protocol("TCP")
                        .port(80)
                        .vpcId(subnet("a1").vpcId()))
                .targetGroups()
                .get(0)
                .targetGroupArn();

        // when
        String listener = v2.createListener(r -> r.loadBalancerArn(balancer)
                        .protocol("TCP")
                        .port(80)
                        .tags(List.of(software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag.builder()
                                .key("Team")
                                .value("shop")
                                .build()))
                        .defaultActions(
                                List.of(software.amazon.awssdk.services.elasticloadbalancingv2.model.Action.builder()
                                        .type(ActionTypeEnum.FORWARD)
                                        .targetGroupArn(group)
                                        .build())))
                .listeners()
                .get(0)
                .listenerArn();

        // then
        assertThat(v2.describeTags(r -> r.resourceArns(listener))
                        .tagDescriptions()
                        .get(0)
                        .tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.value()).isEqualTo("shop"));
    }

    private static software.amazon.awssdk.services.elasticloadbalancing.model.Listener listener(String protocol) {
        return software.amazon.awssdk.services.elasticloadbalancing.model.Listener.builder()
                .protocol(protocol)
                .loadBalancerPort(80)
                .instancePort(8080)
                .build();
    }

    @Test
    void whenAClassicLoadBalancerIsMade_thenItKnowsItsVpcAndZones() {
        // when
        classic.createLoadBalancer(
                r -> r.loadBalancerName("front").subnets(id("o1")).listeners(List.of(listener("HTTP"))));
        classic.createLoadBalancer(
                r -> r.loadBalancerName("zoned").availabilityZones("eu-west-1b").listeners(List.of(listener("HTTP"))));
        LoadBalancerDescription front = described("front");

        // then
        String vpcId = subnet("o1").vpcId();
        assertThat(front.vpcId()).isEqualTo(vpcId);
        assertThat(front.availabilityZones()).containsExactly("eu-west-1b");
        assertThat(front.securityGroups()).containsExactly(ownGroup(vpcId));
        assertThat(front.policies()).isNotNull();
        assertThat(described("zoned").subnets()).containsExactly(id("b1"));
    }

    private LoadBalancerDescription described(String name) {
        return classic.describeLoadBalancers(r -> r.loadBalancerNames(name))
                .loadBalancerDescriptions()
                .get(0);
    }

    @Test
    void whenAClassicListenerSpeaksNothing_thenItIsRefused() {
        AwsServiceException refusal = catchThrowableOfType(
                AwsServiceException.class,
                () -> classic.createLoadBalancer(r -> r.loadBalancerName("front")
                        .availabilityZones("eu-west-1b")
                        .listeners(List.of(listener("foo")))));

        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
    }

    @Test
    void whenAClassicLoadBalancersAttributesAreSet_thenAllOfThemStay() {
        // given
        classic.createLoadBalancer(
                r -> r.loadBalancerName("front").subnets(id("b1")).listeners(List.of(listener("TCP"))));

        // when
        classic.modifyLoadBalancerAttributes(
                r -> r.loadBalancerName("front").loadBalancerAttributes(attributes -> attributes
                        .connectionSettings(settings -> settings.idleTimeout(120))
                        .additionalAttributes(List.of(AdditionalAttribute.builder()
                                .key("elb.http.desyncmitigationmode")
                                .value("strictest")
                                .build()))));

        // then
        var attributes = classic.describeLoadBalancerAttributes(r -> r.loadBalancerName("front"))
                .loadBalancerAttributes();
        assertThat(attributes.connectionSettings().idleTimeout()).isEqualTo(120);
        assertThat(attributes.additionalAttributes())
                .extracting(AdditionalAttribute::value)
                .containsExactly("strictest");
    }
}
