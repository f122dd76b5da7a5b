package io.jenkins.plugins.amirefresh.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups.DesiredCapacity;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups.TargetGroup;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.ClientToken;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshPreferences;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every port on the sample account: the real SDK, the real wire, no socket. */
class AwsOnSimulatorTest {

    private static final AutoScalingGroupName WEB = new AutoScalingGroupName("shop-web-prod");
    private static final AutoScalingGroupName NOBODY = new AutoScalingGroupName("nobody");

    private final Simulator simulator = Simulator.of(new AccountReader().sample());
    private final InstantSource time = simulator::now;
    private final AwsClouds clouds =
            new AwsClouds(Fixtures.connection(simulator.sdkHttpClient(), clock()), "weekly", 12);
    private final Cloud cloud = clouds.cloud(AccountAccess.SELF, Fixtures.IRELAND);

    private Clock clock() {
        return time.withZone(ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        clouds.close();
    }

    private GroupObservation web() {
        return cloud.autoScalingGroups().named(List.of(WEB)).get(0);
    }

    private void pass(Duration duration) {
        simulator.advanceTo(simulator.now().plus(duration));
    }

    private LaunchTemplate template(String name) {
        return cloud.launchTemplates().all().stream()
                .filter(template -> template.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whenGroupsAreRead_thenAllAndNamedAgree() {
        // when
        List<GroupObservation> all = cloud.autoScalingGroups().all();

        // then
        assertThat(all).hasSizeGreaterThan(10).contains(web());
        assertThat(web().tag("Environment")).isEqualTo("prod");
        assertThat(web().instances())
                .hasSize(web().capacity().desired())
                .allMatch(InstanceObservation::isHealthyInService);
        assertThat(cloud.autoScalingGroups().named(List.of(NOBODY))).isEmpty();
    }

    @Test
    void whenARoleIsAssumed_thenTheOtherAccountAnswers() {
        // when
        Cloud other =
                clouds.cloud(new AccountAccess("", "arn:aws:iam::222222222222:role/ami-refresh", ""), Fixtures.IRELAND);

        // then
        assertThat(other.account().value()).isEqualTo("222222222222");
        assertThat(other.autoScalingGroups().all())
                .allMatch(group -> group.key().account().value().equals("222222222222"));
        assertThat(cloud.account().value()).isEqualTo("111111111111");
    }

    @Test
    void whenADayHasPassed_thenTheSessionOfTheRoleWasRenewed() {
        // given
        Cloud other =
                clouds.cloud(new AccountAccess("", "arn:aws:iam::222222222222:role/ami-refresh", ""), Fixtures.IRELAND);
        int before = other.autoScalingGroups().all().size();

        // when
        pass(Duration.ofDays(1));

        // then
        assertThat(other.autoScalingGroups().all()).hasSize(before);
    }

    @Test
    void whenAGroupIsChanged_thenItReadsSo() {
        // given
        var groups = cloud.autoScalingGroups();
        List<InstanceId> ids =
                web().instances().stream().map(InstanceObservation::id).toList();
        int max = web().capacity().max();

        // when
        groups.setMaxSize(WEB, max + 2);
        groups.setMinSize(WEB, 1);
        groups.setDesiredCapacity(WEB, web().capacity().desired() + 1);
        groups.suspend(WEB, Set.of(ScalingProcess.AZ_REBALANCE, ScalingProcess.SCHEDULED_ACTIONS));
        groups.resume(WEB, Set.of(ScalingProcess.SCHEDULED_ACTIONS));
        groups.protectFromScaleIn(WEB, ids);
        groups.unprotectFromScaleIn(WEB, ids.subList(1, ids.size()));
        groups.putTags(WEB, Map.of("ami-refresh:note", "one two", "gone", "x"));
        groups.removeTags(WEB, Set.of("gone"));

        // then
        GroupObservation after = web();
        assertThat(after.capacity().max()).isEqualTo(max + 2);
        assertThat(after.capacity().min()).isEqualTo(1);
        assertThat(after.capacity().desired()).isEqualTo(ids.size() + 1);
        assertThat(after.suspendedProcesses()).containsExactly(ScalingProcess.AZ_REBALANCE);
        assertThat(after.instances().stream().filter(InstanceObservation::protectedFromScaleIn))
                .extracting(InstanceObservation::id)
                .containsExactly(ids.get(0));
        assertThat(after.tags()).containsEntry("ami-refresh:note", "one two").doesNotContainKey("gone");
    }

    @Test
    void whenAnInstanceIsTerminated_thenTheGroupReplacesItAndSaysWhy() {
        // given
        InstanceId victim = web().instances().get(0).id();
        Instant since = simulator.now();

        // when
        cloud.autoScalingGroups().terminate(victim, DesiredCapacity.KEEP);
        pass(Duration.ofMinutes(30));

        // then
        assertThat(web().instances()).hasSize(web().capacity().desired());
        assertThat(web().instances()).noneMatch(instance -> instance.id().equals(victim));
        assertThat(cloud.autoScalingGroups().activities(WEB, since))
                .isNotEmpty()
                .anyMatch(activity -> activity.description().contains(victim.value()));
    }

    @Test
    void whenWhatDoesNotExistIsChanged_thenItIsNotFound() {
        // when
        Throwable group = catchThrowable(() -> cloud.autoScalingGroups().setDesiredCapacity(NOBODY, 1));
        Throwable instance = catchThrowable(
                () -> cloud.autoScalingGroups().terminate(new InstanceId("i-0fffffffffffffff0"), DesiredCapacity.KEEP));
        Throwable refresh = catchThrowable(() -> cloud.instanceRefreshes().cancel(WEB, true));

        // then
        assertThat(List.of(group, instance, refresh)).allMatch(e -> e instanceof CloudException.NotFound);
    }

    @Test
    void whenATemplateGetsAVersion_thenTheSameTokenGivesTheSameOne() {
        // given
        LaunchTemplate template = template("shop-web");
        AmiId ami = cloud.amis()
                .ownedWithTags(Map.of("ami-refresh:family", "web"))
                .get(0)
                .id();
        ClientToken token = new ClientToken("weekly-12-shop-web");
        LaunchTemplates.NewVersion version = new LaunchTemplates.NewVersion(
                template.id(), new LaunchTemplateVersion(1), ami, CopiedSnapshots.ALL, "weekly-12", token);

        // when
        LaunchTemplateVersion made = cloud.launchTemplates().createVersion(version);
        LaunchTemplateVersion again = cloud.launchTemplates().createVersion(version);
        cloud.launchTemplates().setDefaultVersion(template.id(), made);

        // then
        assertThat(again).isEqualTo(made);
        assertThat(template("shop-web").defaultVersion()).isEqualTo(made);
        assertThat(cloud.launchTemplates().version(template.id(), new VersionReference.Latest()))
                .map(LaunchTemplateVersionData::imageId)
                .contains(ami.value());
        assertThat(cloud.launchTemplates()
                        .versions(
                                template.id(),
                                List.of(new LaunchTemplateVersion(1), made, new LaunchTemplateVersion(99))))
                .extracting(LaunchTemplateVersionData::version)
                .containsExactlyInAnyOrder(new LaunchTemplateVersion(1), made);
        assertThat(cloud.launchTemplates().latestAndDefaultOfAll())
                .anyMatch(data -> data.template().equals(template.id()) && data.isDefault());
        assertThat(cloud.launchTemplates()
                        .version(new LaunchTemplateId("lt-0fffffffffffffff0"), new VersionReference.Default()))
                .isEmpty();
    }

    @Test
    void whenImagesAreRead_thenMissingOnesAreMissingAndTheNewestComesFirst() {
        // given
        List<Ami> web = cloud.amis().ownedWithTags(Map.of("ami-refresh:family", "web"));

        // when
        cloud.amis().putTags(web.get(0).id(), Map.of("ami-refresh:bad", "does not answer"));

        // then
        assertThat(web).extracting(Ami::createdAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(cloud.amis().describe(List.of(web.get(0).id(), new AmiId("ami-0fffffffffffffff0"))))
                .singleElement()
                .satisfies(ami -> {
                    assertThat(ami.tags()).containsEntry("ami-refresh:bad", "does not answer");
                    assertThat(ami.isAvailable()).isTrue();
                    assertThat(ami.architecture()).isEqualTo("x86_64");
                });
        assertThat(cloud.amis().newestNamed("base-*", List.of("self")))
                .map(Ami::name)
                .contains("base-2026-11-20");
        assertThat(cloud.amis().newestNamed("none-*", List.of())).isEmpty();
    }

    @Test
    void whenTargetsAreRead_thenEveryInstanceIsHealthyAndTheBalancerHasAName() {
        // given
        var arns = web().targetGroups();

        // when
        List<TargetGroup> groups = cloud.targetGroups().describe(arns);
        Map<InstanceId, TargetState> health = cloud.targetGroups().health(arns.get(0));

        // then
        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.port()).isEqualTo(8080);
            assertThat(group.loadBalancerDnsNames()).hasSize(1);
        });
        assertThat(health).hasSize(web().instances().size()).allSatisfy((id, state) -> assertThat(state)
                .isEqualTo(TargetState.HEALTHY));
    }

    @Test
    void whenInstancesAreRead_thenTheMissingOnesAreMissing() {
        // given
        InstanceId known = web().instances().get(0).id();

        // when
        var found = cloud.instances().describe(List.of(known, new InstanceId("i-0fffffffffffffff0")));

        // then
        assertThat(found).singleElement().satisfies(instance -> {
            assertThat(instance.id()).isEqualTo(known);
            assertThat(instance.state()).isEqualTo("running");
            assertThat(instance.privateIpAddress()).startsWith("10.10.");
        });
    }

    @Test
    void whenARefreshIsStarted_thenASecondOneIsAConflictAndItEndsSuccessful() {
        // given
        var refreshes = cloud.instanceRefreshes();
        LaunchSource source = web().launchSource().withVersion(VersionReference.of(new LaunchTemplateVersion(1)));
        var preferences = new InstanceRefreshPreferences(
                50, 100, Duration.ofSeconds(30), List.of(), null, true, false, null, null, List.of(), null);

        // when
        var id = refreshes.start(WEB, source, preferences);
        Throwable second = catchThrowable(() -> refreshes.start(WEB, source, preferences));
        pass(Duration.ofHours(3));

        // then
        assertThat(second).isInstanceOf(CloudException.Conflict.class);
        assertThat(refreshes.of(WEB)).first().satisfies(refresh -> {
            assertThat(refresh.id()).isEqualTo(id);
            assertThat(refresh.status()).isEqualTo(InstanceRefreshStatus.SUCCESSFUL);
            assertThat(refresh.desiredSource()).isPresent();
        });
        assertThat(web().instances()).allMatch(instance -> instance.launchedVersion()
                .filter(new LaunchTemplateVersion(1)::equals)
                .isPresent());
    }

    @Test
    void whenTheSessionOfARoleEndsBeforeOurClockSaysSo_thenCallsGoOnWithANewOne() {
        // given
        Clock slow = Clock.fixed(simulator.now(), ZoneOffset.UTC);
        AccountAccess role = new AccountAccess("", "arn:aws:iam::222222222222:role/ami-refresh", "");
        try (AwsClouds behind = new AwsClouds(Fixtures.connection(simulator.sdkHttpClient(), slow), "weekly", 13)) {
            Cloud other = behind.cloud(role, Fixtures.IRELAND);
            int before = other.autoScalingGroups().all().size();

            // when
            pass(Duration.ofHours(2));

            // then
            assertThat(other.autoScalingGroups().all()).hasSize(before);
            pass(Duration.ofHours(2));
            assertThat(other.launchTemplates().all()).isNotEmpty();
            pass(Duration.ofHours(2));
            assertThat(other.account()).hasToString("222222222222");
        }
    }
}
