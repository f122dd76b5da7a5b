package io.jenkins.plugins.amirefresh.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.KeyType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Networks, security groups, key pairs, tags, types. */
class AroundInstancesTest {

    private final Simulator simulator = Ec2Fixtures.simulator();
    private final Ec2Client ec2 = Ec2Fixtures.client(simulator, "AKIDMAIN");

    @Test
    void whenMachinesStartAndEnd_thenTheirSubnetCountsItsFreeAddresses() {
        // given
        var subnet = ec2.describeSubnets().subnets().get(0);

        // when
        var launched = ec2.runInstances(r -> r.imageId(Ec2Fixtures.BASE)
                        .instanceType("t3.micro")
                        .subnetId(subnet.subnetId())
                        .minCount(5)
                        .maxCount(5))
                .instances();
        long used = free(subnet.subnetId());
        ec2.terminateInstances(r -> r.instanceIds(launched.get(0).instanceId()));
        Ec2Fixtures.pass(simulator, Duration.ofMinutes(2));

        // then
        assertThat(subnet.availableIpAddressCount()).isEqualTo(4091);
        assertThat(used).isEqualTo(4086);
        assertThat(free(subnet.subnetId())).isEqualTo(4087);
    }

    private long free(String subnetId) {
        return ec2.describeSubnets(r -> r.subnetIds(subnetId)).subnets().get(0).availableIpAddressCount();
    }

    @Test
    void whenAGroupIsInUse_thenItCannotBeDeleted() {
        // given
        String group = ec2.createSecurityGroup(r -> r.groupName("ssh").description("ssh"))
                .groupId();
        String instance = ec2.runInstances(r -> r.imageId(Ec2Fixtures.BASE)
                        .instanceType("t3.micro")
                        .securityGroupIds(group)
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .get(0)
                .instanceId();

        // when, then
        assertThatThrownBy(() -> ec2.deleteSecurityGroup(r -> r.groupId(group)))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("DependencyViolation"));
        ec2.terminateInstances(r -> r.instanceIds(instance));
        Ec2Fixtures.pass(simulator, Duration.ofMinutes(2));
        ec2.deleteSecurityGroup(r -> r.groupId(group));
    }

    @Test
    void whenARuleIsAuthorisedTwice_thenTheSecondIsADuplicate() {
        // given
        String group = ec2.createSecurityGroup(r -> r.groupName("ssh").description("ssh"))
                .groupId();
        var ssh = IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(22)
                .toPort(22)
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();

        // when
        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh));

        // then
        assertThat(ec2.describeSecurityGroups(r -> r.groupIds(group))
                        .securityGroups()
                        .get(0)
                        .ipPermissions())
                .containsExactly(ssh);
        assertThatThrownBy(() ->
                        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh)))
                .hasMessageContaining("already exists");
    }

    @Test
    void whenAKeyPairIsMade_thenItsPrivateHalfIsGivenOnce() {
        // when
        var rsa = ec2.createKeyPair(r -> r.keyName("rsa"));
        var ed25519 = ec2.createKeyPair(r -> r.keyName("ed").keyType(KeyType.ED25519));

        // then
        assertThat(rsa.keyMaterial()).startsWith("-----BEGIN");
        assertThat(rsa.keyFingerprint()).matches("([0-9a-f]{2}:){19}[0-9a-f]{2}");
        assertThat(ed25519.keyMaterial()).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
        assertThatThrownBy(() -> ec2.createKeyPair(r -> r.keyName("rsa")))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidKeyPair.Duplicate"));
        ec2.deleteKeyPair(r -> r.keyName("rsa"));
        ec2.deleteKeyPair(r -> r.keyName("rsa"));
        assertThat(ec2.describeKeyPairs().keyPairs()).hasSize(1);
    }

    @Test
    void whenTagsAreSetAndRemoved_thenAllKindsFollow() {
        // given
        String vpc = ec2.describeVpcs().vpcs().get(0).vpcId();
        var tag = Tag.builder().key("Team").value("shop").build();

        // when
        ec2.createTags(r -> r.resources(Ec2Fixtures.BASE, vpc).tags(tag));
        ec2.deleteTags(r ->
                r.resources(vpc).tags(Tag.builder().key("Team").value("other").build()));
        ec2.deleteTags(r -> r.resources(Ec2Fixtures.BASE).tags(tag));

        // then
        assertThat(ec2.describeTags().tags())
                .filteredOn(found -> found.key().equals("Team"))
                .extracting(TagDescription::resourceId)
                .containsExactly(vpc);
        assertThatThrownBy(() -> ec2.createTags(r -> r.resources(vpc)
                        .tags(Tag.builder().key("aws:x").value("y").build())))
                .hasMessageContaining("reserved for internal use");
    }

    @Test
    void whenAnUndeclaredRegionIsUsed_thenItHasAwsDefaultVpc() {
        // given
        Ec2Client west = Ec2Fixtures.client(simulator, "AKIDSECOND", Region.US_WEST_2);

        // when, then
        assertThat(west.describeVpcs(r -> r.filters(Filter.builder()
                                .name("is-default")
                                .values("true")
                                .build()))
                        .vpcs())
                .hasSize(1);
        assertThat(west.describeAvailabilityZones().availabilityZones().get(0).zoneId())
                .isEqualTo("usw2-az1");
        assertThat(west.describeRegions().regions()).hasSizeGreaterThan(15);
    }

    @Test
    void whenTypesAreAskedFor_thenTheirArchitectureIsTold() {
        // when
        var types = ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings("t4g.micro", "m5.large"));

        // then
        assertThat(types.instanceTypes())
                .extracting(type ->
                        type.processorInfo().supportedArchitecturesAsStrings().get(0))
                .containsExactly("x86_64", "arm64");
    }
}
