package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LifecycleHook;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AwsAutoScalingGroupsTest {

    private static final String WEB =
            """
            <member><AutoScalingGroupName>web</AutoScalingGroupName><MinSize>1</MinSize><MaxSize>4</MaxSize>
            <DesiredCapacity>2</DesiredCapacity>
            <LaunchTemplate><LaunchTemplateId>lt-0123456789abcdef0</LaunchTemplateId>
            <LaunchTemplateName>web-template</LaunchTemplateName><Version>$Latest</Version></LaunchTemplate>
            <HealthCheckType>EC2,ELB</HealthCheckType><HealthCheckGracePeriod>90</HealthCheckGracePeriod>
            <VPCZoneIdentifier>subnet-1,subnet-2</VPCZoneIdentifier>
            <SuspendedProcesses><member><ProcessName>AZRebalance</ProcessName></member></SuspendedProcesses>
            <Tags><member><Key>Environment</Key><Value>dev</Value></member></Tags>
            <Instances>
            <member><InstanceId>i-0123456789abcdef0</InstanceId><LifecycleState>Pending:Wait</LifecycleState>
            <HealthStatus>Healthy</HealthStatus><ProtectedFromScaleIn>true</ProtectedFromScaleIn>
            <LaunchTemplate><LaunchTemplateId>lt-0123456789abcdef0</LaunchTemplateId><Version>3</Version></LaunchTemplate>
            </member>
            <member><InstanceId>i-0123456789abcdef1</InstanceId><LifecycleState>Warmed:Stopped</LifecycleState></member>
            </Instances></member>""";

    private static final String MIXED =
            """
            <member><AutoScalingGroupName>mixed</AutoScalingGroupName><MinSize>0</MinSize><MaxSize>4</MaxSize>
            <DesiredCapacity>0</DesiredCapacity><MixedInstancesPolicy><LaunchTemplate>
            <LaunchTemplateSpecification><LaunchTemplateId>lt-0123456789abcdef0</LaunchTemplateId>
            <LaunchTemplateName>web-template</LaunchTemplateName><Version>3</Version></LaunchTemplateSpecification>
            <Overrides><member><InstanceType>m7g.large</InstanceType><WeightedCapacity>2</WeightedCapacity>
            <LaunchTemplateSpecification><LaunchTemplateId>lt-0123456789abcdef1</LaunchTemplateId>
            <LaunchTemplateName>arm-template</LaunchTemplateName><Version>7</Version></LaunchTemplateSpecification></member>
            <member><InstanceType>m7i.large</InstanceType></member></Overrides></LaunchTemplate>
            <InstancesDistribution><OnDemandBaseCapacity>1</OnDemandBaseCapacity></InstancesDistribution>
            </MixedInstancesPolicy></member>""";

    private final CannedHttp http = new CannedHttp().answer(Fixtures.identity("111111111111"));
    private final Cloud cloud = Fixtures.cloud(http);

    @Test
    void whenAGroupIsDescribed_thenItsObservationSaysTheSame() {
        // given
        http.answer(Fixtures.groups(WEB, ""));

        // when
        GroupObservation web = cloud.autoScalingGroups().all().get(0);

        // then
        assertThat(web.key().text()).isEqualTo("111111111111/eu-west-1/web");
        assertThat(web.at()).isEqualTo(Fixtures.NOON);
        assertThat(web.capacity()).isEqualTo(new Capacity(1, 2, 4));
        assertThat(web.launchSource().templates().get(0).version()).isEqualTo(new VersionReference.Latest());
        assertThat(web.usesLoadBalancerHealthChecks()).isTrue();
        assertThat(web.healthCheckGracePeriod()).hasSeconds(90);
        assertThat(web.subnets()).containsExactly("subnet-1", "subnet-2");
        assertThat(web.suspendedProcesses()).containsExactly(ScalingProcess.AZ_REBALANCE);
        assertThat(web.tag("Environment")).isEqualTo("dev");
        assertThat(web.instances()).singleElement().satisfies(instance -> {
            assertThat(instance.lifecycleState()).isEqualTo(LifecycleState.PENDING_WAIT);
            assertThat(instance.launchedVersion()).contains(new LaunchTemplateVersion(3));
            assertThat(instance.protectedFromScaleIn()).isTrue();
        });
    }

    @Test
    void whenAHookGaveUpALaunchThatBeganBefore_thenItIsTold() {
        // given
        CannedHttp answers = new CannedHttp()
                .answer(
                        """
                <DescribeScalingActivitiesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
                <DescribeScalingActivitiesResult><Activities>
                <member><ActivityId>a-3</ActivityId><Description>Launching a new EC2 instance: i-3</Description>
                <StartTime>2026-11-22T12:01:00Z</StartTime><StatusCode>InProgress</StatusCode></member>
                <member><ActivityId>a-2</ActivityId><Description>Launching a new EC2 instance: i-2</Description>
                <StartTime>2026-11-22T11:30:00Z</StartTime><EndTime>2026-11-22T12:00:30Z</EndTime>
                <StatusCode>Cancelled</StatusCode></member>
                <member><ActivityId>a-1</ActivityId><Description>Launching a new EC2 instance: i-1</Description>
                <StartTime>2026-11-22T11:20:00Z</StartTime><EndTime>2026-11-22T11:40:00Z</EndTime>
                <StatusCode>Cancelled</StatusCode></member>
                </Activities></DescribeScalingActivitiesResult></DescribeScalingActivitiesResponse>""");

        // when
        List<ScalingActivity> activities = Fixtures.cloud(answers)
                .autoScalingGroups()
                .activities(new AutoScalingGroupName("web"), Instant.parse("2026-11-22T12:00:00Z"));

        // then
        assertThat(activities).extracting(ScalingActivity::id).containsExactly("a-3", "a-2");
    }

    @Test
    void whenAGroupHasHooks_thenEachSaysWhenAndHowLongInstancesWait() {
        // given
        CannedHttp answers = new CannedHttp()
                .answer(
                        """
                <DescribeLifecycleHooksResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
                <DescribeLifecycleHooksResult><LifecycleHooks>
                <member><LifecycleHookName>boot</LifecycleHookName>
                <LifecycleTransition>autoscaling:EC2_INSTANCE_LAUNCHING</LifecycleTransition>
                <HeartbeatTimeout>1500</HeartbeatTimeout><DefaultResult>ABANDON</DefaultResult>
                <GlobalTimeout>150000</GlobalTimeout></member>
                <member><LifecycleHookName>drain</LifecycleHookName>
                <LifecycleTransition>autoscaling:EC2_INSTANCE_TERMINATING</LifecycleTransition>
                <HeartbeatTimeout>60</HeartbeatTimeout><DefaultResult>CONTINUE</DefaultResult>
                <GlobalTimeout>6000</GlobalTimeout></member>
                </LifecycleHooks></DescribeLifecycleHooksResult></DescribeLifecycleHooksResponse>""");

        // when
        List<LifecycleHook> hooks =
                Fixtures.cloud(answers).autoScalingGroups().lifecycleHooks(new AutoScalingGroupName("web"));

        // then
        assertThat(hooks)
                .containsExactly(
                        new LifecycleHook(
                                "boot",
                                LifecycleHook.Transition.LAUNCHING,
                                Duration.ofMinutes(25),
                                "ABANDON",
                                Duration.ofMinutes(2500)),
                        new LifecycleHook(
                                "drain",
                                LifecycleHook.Transition.TERMINATING,
                                Duration.ofMinutes(1),
                                "CONTINUE",
                                Duration.ofMinutes(100)));
    }

    @Test
    void whenLoadBalancersAreAttachedAsTrafficSources_thenEachIsKnownOnce() {
        // given
        http.answer(Fixtures.groups(
                WEB.replace(
                        "<Instances>",
                        """
                        <LoadBalancerNames><member>front</member></LoadBalancerNames><TrafficSources>
                        <member><Identifier>front</Identifier><Type>elb</Type></member>
                        <member><Identifier>back</Identifier><Type>elb</Type></member>
                        <member><Identifier>arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef</Identifier><Type>elbv2</Type></member>
                        <member><Identifier>arn:lattice</Identifier><Type>vpc-lattice</Type></member>
                        </TrafficSources><Instances>"""),
                ""));

        // when
        GroupObservation web = cloud.autoScalingGroups().all().get(0);

        // then
        assertThat(web.classicLoadBalancers()).containsExactly("front", "back");
        assertThat(web.targetGroups())
                .singleElement()
                .hasToString("arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef");
    }

    @Test
    void whenThereAreMorePages_thenAllAreRead() {
        // given
        http.answer(Fixtures.groups(WEB, "more")).answer(Fixtures.groups(MIXED, ""));

        // when
        List<GroupObservation> groups = cloud.autoScalingGroups().all();

        // then
        assertThat(groups).extracting(group -> group.key().name().value()).containsExactly("web", "mixed");
        assertThat(http.sent(body -> body.contains("MaxRecords=100"))).hasSize(2);
        assertThat(http.sent().get(2)).contains("NextToken=more");
    }

    @Test
    void whenMoreThanAHundredAreNamed_thenEachPageAsksForAHundred() {
        // given
        http.answer(Fixtures.groups(WEB, "")).answer(Fixtures.groups(MIXED, ""));
        var names = IntStream.range(0, 101)
                .mapToObj(i -> new AutoScalingGroupName("g" + i))
                .toList();

        // when
        cloud.autoScalingGroups().named(names);

        // then
        assertThat(http.sent(body -> body.contains("MaxRecords=100"))).hasSize(2);
        assertThat(http.sent().get(1)).contains("member.100=").doesNotContain("member.101=");
    }

    @Test
    void whenNobodyIsNamed_thenNothingIsAsked() {
        // when
        List<GroupObservation> none = cloud.autoScalingGroups().named(List.of());

        // then
        assertThat(none).isEmpty();
        assertThat(http.sent(body -> body.contains("DescribeAutoScalingGroups")))
                .isEmpty();
    }

    @Test
    void whenAMixedPolicyGetsAVersion_thenTypesWeightsAndDistributionStay() {
        // given
        http.answer(Fixtures.groups(MIXED, "")).answer("<UpdateAutoScalingGroupResponse/>");
        var groups = cloud.autoScalingGroups();
        var source = (LaunchSource.MixedInstancesPolicy) groups.all().get(0).launchSource();
        var main = new LaunchSource.Template(
                source.template().id(), source.template().name(), VersionReference.of(new LaunchTemplateVersion(4)));

        // when
        groups.setLaunchSource(
                new AutoScalingGroupName("mixed"),
                new LaunchSource.MixedInstancesPolicy(main, source.overrides(), List.of(), source.instanceTypes()));

        // then
        assertThat(http.sent().get(2))
                .contains(
                        "LaunchTemplateSpecification.Version=4",
                        "Overrides.member.1.InstanceType=m7g.large",
                        "Overrides.member.1.WeightedCapacity=2",
                        "Overrides.member.1.LaunchTemplateSpecification.Version=7",
                        "Overrides.member.2.InstanceType=m7i.large",
                        "OnDemandBaseCapacity=1");
    }

    private static final String BY_NAME =
            MIXED.replace("<LaunchTemplateId>lt-0123456789abcdef1</LaunchTemplateId>", "");

    @Test
    void whenAnOverrideNamesItsTemplateByName_thenItIsTheTemplateOfThatName() {
        // given
        http.answer(Fixtures.groups(BY_NAME, ""))
                .answer("<DescribeLaunchTemplatesResponse><launchTemplates><item>"
                        + "<launchTemplateId>lt-0123456789abcdef1</launchTemplateId>"
                        + "</item></launchTemplates></DescribeLaunchTemplatesResponse>")
                .answer(Fixtures.groups(BY_NAME, ""))
                .answer("<UpdateAutoScalingGroupResponse/>");
        var groups = cloud.autoScalingGroups();
        var template = new LaunchTemplateId("lt-0123456789abcdef1");
        groups.all();

        // when
        LaunchSource source = groups.all().get(0).launchSource();
        groups.setLaunchSource(
                new AutoScalingGroupName("mixed"),
                source.with(template, VersionReference.of(new LaunchTemplateVersion(8))));

        // then
        assertThat(source.overrideTemplates())
                .extracting(LaunchSource.Template::id)
                .containsExactly(template);
        assertThat(http.sent(body -> body.contains("DescribeLaunchTemplates"))).hasSize(1);
        assertThat(http.sent().get(4))
                .contains(
                        "Overrides.member.1.LaunchTemplateSpecification.LaunchTemplateId=lt-0123456789abcdef1",
                        "Overrides.member.1.LaunchTemplateSpecification.Version=8");
    }

    @Test
    void whenAnOverrideNamesATemplateThatIsGone_thenItIsNotOverlooked() {
        // given
        http.answer(Fixtures.groups(BY_NAME, ""))
                .refuseAsEc2(400, "InvalidLaunchTemplateName.NotFoundException", "no such template");

        // when
        LaunchSource source = cloud.autoScalingGroups().all().get(0).launchSource();

        // then
        assertThat(source.overrideTemplates())
                .extracting(override -> override.name().value())
                .containsExactly("arm-template");
    }
}
