package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.HealthStatus;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.InstanceObservation;
import io.jenkins.plugins.amirefresh.model.InstanceRefresh;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshId;
import io.jenkins.plugins.amirefresh.model.InstanceRefreshStatus;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LifecycleState;
import io.jenkins.plugins.amirefresh.model.ScalingActivity;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetHealth;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A small group that launches, terminates and gets healthy in virtual time, and obeys changes as AWS does. */
final class GroupModel {

    static final LaunchTemplateId TEMPLATE = new LaunchTemplateId("lt-0123456789abcdef0");
    static final GroupKey KEY =
            new GroupKey(new AccountId("111111111111"), new AwsRegion("eu-west-1"), new AutoScalingGroupName("web"));
    static final TargetGroupArn TARGETS =
            new TargetGroupArn("arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/0123456789abcdef");
    static final Duration BOOT = Duration.ofSeconds(40);
    static final Duration REGISTER = Duration.ofSeconds(30);
    static final Duration DRAIN = Duration.ofSeconds(50);

    Instant now = Instant.parse("2026-11-22T19:00:00Z");
    int min;
    int desired;
    int max;
    LaunchSource source;
    /** Whose instances never serve; {@link #EVERY} of them. */
    long badVersion = -1;

    static final long EVERY = 0;
    boolean launchesFail;
    boolean retains;
    int zones = 2;
    final Map<String, String> tags = new HashMap<>();
    final Set<ScalingProcess> suspended = new TreeSet<>();
    final Map<InstanceId, Machine> machines = new LinkedHashMap<>();
    final List<ScalingActivity> activities = new ArrayList<>();
    final List<InstanceRefresh> refreshes = new ArrayList<>();
    boolean transitionNeverEnds;
    boolean isWeighted;
    int weight = 1;
    boolean hasWarmPool;
    boolean checksBalancers = true;
    boolean isBehindTargetGroup = true;
    List<String> classic = List.of();
    Duration gracePeriod = Duration.ofSeconds(1);
    Duration defaultWarmup = Duration.ofSeconds(30);

    /** What the bad version does, once its load balancer asks: it answers wrongly, or nothing is known yet. */
    boolean answersWrongly;

    /** Version of which instances answer for half a minute and then do not. */
    long flappingVersion = -1;

    InstanceMaintenancePolicy maintenancePolicy = InstanceMaintenancePolicy.NONE;
    final List<String> effects = new ArrayList<>();
    private int launched;

    /** One instance. */
    static final class Machine {
        final long version;
        final Instant launchedAt;
        final String zone;
        boolean isProtected;

        @Nullable
        Instant endedAt;

        Machine(long version, Instant launchedAt, String zone) {
            this.version = version;
            this.launchedAt = launchedAt;
            this.zone = zone;
        }
    }

    GroupModel(int min, int desired, int max) {
        this.min = min;
        this.desired = desired;
        this.max = max;
        this.source = template(1);
        converge();
        now = now.plusSeconds(3600);
        effects.clear();
    }

    static LaunchSource template(long version) {
        return new LaunchSource.Template(
                TEMPLATE, new LaunchTemplateName("web"), VersionReference.of(new LaunchTemplateVersion(version)));
    }

    void advance(Duration by) {
        for (long s = 0; s < by.toSeconds(); s += 5) {
            now = now.plusSeconds(5);
            machines.values()
                    .removeIf(machine -> !retains
                            && machine.endedAt != null
                            && machine.endedAt.plus(DRAIN).isBefore(now));
            converge();
        }
    }

    private void converge() {
        desired = Math.max(min, Math.min(desired, max));
        while (staying().size() < desired && !suspended.contains(ScalingProcess.LAUNCH) && launch()) {
            // Launches until the group is as large as it shall be.
        }
        while (staying().size() > desired) {
            end(staying().get(0), "scale-in");
        }
    }

    private boolean launch() {
        if (launchesFail) {
            activities.add(new ScalingActivity(
                    "a" + activities.size(), now, now, "Failed", "Launching a new EC2 instance", "", "no capacity"));
            return false;
        }
        LaunchSource.Template main = source.mainTemplate().orElseThrow();
        long version = Long.parseLong(main.version().text());
        InstanceId id = new InstanceId(String.format("i-%017x", ++launched));
        machines.put(id, new Machine(version, now, "eu-west-1" + (char) ('a' + launched % zones)));
        effects.add("launch " + version);
        return true;
    }

    private List<InstanceId> staying() {
        return machines.entrySet().stream()
                .filter(entry -> entry.getValue().endedAt == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    void end(InstanceId id, String why) {
        Machine machine = machines.get(id);
        if (machine != null && machine.endedAt == null) {
            machine.endedAt = now;
            effects.add(why + " " + machine.version);
        }
    }

    /** Healthy in the eyes of a load balancer's client. */
    long healthy() {
        return machines.values().stream().filter(this::serves).count();
    }

    private boolean serves(Machine machine) {
        return machine.endedAt == null
                && !isBad(machine)
                && !(machine.version == flappingVersion && now.getEpochSecond() / 30 % 2 == 1)
                && !machine.launchedAt.plus(BOOT).plus(REGISTER).isAfter(now);
    }

    long healthyOn(long version) {
        return machines.values().stream()
                .filter(machine -> machine.version == version && machine.endedAt == null && serves(machine))
                .count();
    }

    boolean isWhollyOn(long version) {
        return machines.values().stream().allMatch(machine -> machine.version == version);
    }

    void make(Change change) {
        if (change instanceof Change.PutTags put) {
            tags.putAll(put.tags());
        } else if (change instanceof Change.RemoveTags remove) {
            tags.keySet().removeAll(remove.names());
        } else if (change instanceof Change.SetMax set) {
            if (set.max() < min) {
                throw new IllegalStateException("maximum " + set.max() + " is below minimum " + min);
            }
            max = set.max();
        } else if (change instanceof Change.SetDesired set) {
            if (set.desired() > max || set.desired() < min) {
                throw new IllegalStateException("desired " + set.desired() + " is outside " + min + "-" + max);
            }
            desired = set.desired();
        } else if (change instanceof Change.SetLaunchSource set) {
            source = set.source();
        } else if (change instanceof Change.Suspend suspend) {
            suspended.addAll(suspend.processes());
        } else if (change instanceof Change.Resume resume) {
            suspended.removeAll(resume.processes());
        } else if (change instanceof Change.Replace replace) {
            replace.instances().forEach(id -> end(id, "replace"));
        } else if (change instanceof Change.Retire retire) {
            for (InstanceId id : retire.instances()) {
                Machine machine = machines.get(id);
                if (machine != null && machine.endedAt == null) {
                    if (desired - 1 < min) {
                        throw new IllegalStateException("desired below minimum");
                    }
                    desired--;
                    end(id, "retire");
                }
            }
        } else if (change instanceof Change.StartInstanceRefresh start) {
            refreshes.add(0, refresh(InstanceRefreshStatus.IN_PROGRESS, start.desired()));
            effects.add("start-refresh");
        } else if (change instanceof Change.CancelInstanceRefresh cancel) {
            cancel(cancel.waits());
        }
        converge();
    }

    private void cancel(boolean waits) {
        InstanceRefreshStatus status =
                waits && transitionNeverEnds ? InstanceRefreshStatus.CANCELLING : InstanceRefreshStatus.CANCELLED;
        refreshes.set(0, refresh(status, refreshes.get(0).desired()));
        effects.add(waits ? "cancel-refresh-waiting" : "cancel-refresh");
    }

    void protectEverything() {
        machines.values().forEach(machine -> machine.isProtected = true);
    }

    InstanceRefresh refresh(InstanceRefreshStatus status, @Nullable LaunchSource wanted) {
        return new InstanceRefresh(new InstanceRefreshId("refresh-1"), status, "", now, null, 50, desired, wanted);
    }

    GroupSight sight() {
        List<InstanceObservation> instances = new ArrayList<>();
        Map<InstanceId, TargetState> targets = new TreeMap<>();
        machines.forEach((id, machine) -> {
            boolean inService = !machine.launchedAt.plus(BOOT).isAfter(now);
            LifecycleState leaving = retains ? LifecycleState.TERMINATING_RETAINED : LifecycleState.TERMINATING;
            LifecycleState state =
                    machine.endedAt != null ? leaving : inService ? LifecycleState.IN_SERVICE : LifecycleState.PENDING;
            instances.add(instance(id, machine, state));
            if (inService) {
                targets.put(id, target(machine));
            }
        });
        GroupObservation group = new GroupObservation(
                KEY,
                now,
                new Capacity(min, desired, max),
                source,
                instances,
                tags,
                suspended,
                false,
                checksBalancers,
                gracePeriod,
                defaultWarmup,
                isBehindTargetGroup ? List.of(TARGETS) : List.of(),
                classic,
                zones == 1 ? List.of("eu-west-1a") : List.of("eu-west-1a", "eu-west-1b"),
                List.of(),
                maintenancePolicy,
                hasWarmPool,
                isWeighted,
                false,
                CapacityReservationSpecification.UNSET,
                Map.of());
        return new GroupSight(group, Map.of(TARGETS, targets), Map.of(), activities, refreshes, Map.of(), Map.of());
    }

    private boolean isBad(Machine machine) {
        return badVersion == EVERY || machine.version == badVersion;
    }

    private TargetState target(Machine machine) {
        boolean isWrong = answersWrongly
                && isBad(machine)
                && !machine.launchedAt.plus(BOOT).plus(REGISTER).isAfter(now);
        return isWrong
                ? new TargetState(TargetHealth.UNHEALTHY, "Target.ResponseCodeMismatch", "codes: [503]")
                : TargetState.of(serves(machine) ? TargetHealth.HEALTHY : TargetHealth.INITIAL);
    }

    private InstanceObservation instance(InstanceId id, Machine machine, LifecycleState state) {
        return new InstanceObservation(
                id,
                state,
                state.name(),
                HealthStatus.HEALTHY,
                machine.zone,
                "t3.micro",
                TEMPLATE,
                new LaunchTemplateVersion(machine.version),
                machine.isProtected,
                weight);
    }
}
