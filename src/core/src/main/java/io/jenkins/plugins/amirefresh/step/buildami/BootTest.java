package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.BootInstances;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Instances.Instance;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.BlockDevice;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.OldVersion;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.smoketest.Subject;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.buildami.BuildState.Phase;
import io.jenkins.plugins.amirefresh.step.checks.OldInstances;
import io.jenkins.plugins.amirefresh.step.checks.Prober;
import io.jenkins.plugins.amirefresh.step.checks.Question;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Launches one instance from the image of the first region, asks AWS and then the checks, and terminates it. What it is about
 * to launch is written down before, by a client token, so that a restart or an abort at any moment leaves none.
 */
final class BootTest {

    private static final Duration TICK = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(1);

    /** What the instance has beyond the test's time before it shuts itself down. */
    private static final Duration GRACE = Duration.ofMinutes(30);

    /** After it another run may terminate the instance. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private static final Set<String> ENDED = Set.of("shutting-down", "terminated", "stopping", "stopped");

    /** Source: EC2 API Reference, "StateReason". */
    private static final String OWN_SHUTDOWN = "Client.InstanceInitiatedShutdown";

    private final ImageFamily family;
    private final BootTestRequest request;
    private final AwsRegion region;
    private final AmiId ami;
    private final StepHost host;
    private final Instant now;

    BootTest(ImageFamily family, BootTestRequest request, AwsRegion region, BuildState build, StepHost host) {
        this.family = family;
        this.request = request;
        this.region = region;
        this.ami = Optional.ofNullable(build.amis().get(region)).orElseThrow();
        this.host = host;
        this.now = host.clock().instant();
    }

    Progress tick(StepState saved, BuildState build) {
        Optional<BootState> known = BootState.of(saved);
        if (known.isEmpty()) {
            return begin(saved);
        }
        BootState state = known.get();
        if (state.isEnding()) {
            return new BootEnding(family, region, ami, host).tick(saved, build, state);
        }
        if (state.stage() == BootState.Stage.PROVED) {
            return new Progress.Again(build.to(Phase.VERIFY).in(saved), Duration.ZERO);
        }
        try {
            return step(saved, state);
        } catch (CloudException e) {
            return e.isTransient() && !isLate(state)
                    ? again(saved, said(state, "waiting: " + e.getMessage()), TICK)
                    : again(saved, state.unknown(String.valueOf(e.getMessage()), now), Duration.ZERO);
        }
    }

    /** Nothing of it stays; with an instance that may have been launched it takes some looks. */
    Progress stop(StepState saved, BuildState build, BootState state) {
        BootState stopped = state.stopped(now);
        return new BootEnding(family, region, ami, host).tick(stopped.in(saved), build, stopped);
    }

    private Progress begin(StepState saved) {
        removeAbandoned();
        String named = host.run().id() + "/" + host.run().stepId() + "/" + ami + "/" + now;
        String token = "ami-refresh-" + UUID.nameUUIDFromBytes(named.getBytes(StandardCharsets.UTF_8));
        return again(saved, BootState.starting(now, token), Duration.ZERO);
    }

    /** Of a run that died, and its controller with it. */
    private void removeAbandoned() {
        try {
            cloud().bootInstances().tagged(AmiTags.BOOT_TEST_UNTIL).forEach((instance, until) -> {
                if (until.compareTo(now.toString()) < 0) {
                    cloud().temporaryResources().terminate(instance);
                    host.log(family + ": terminates " + instance + " in " + region
                            + ", which the boot test of a run that died left (" + until + ")");
                }
            });
        } catch (CloudException e) {
            host.log(family + ": could not look for what earlier boot tests left: " + e.getMessage());
        }
    }

    private Progress step(StepState saved, BootState state) {
        if (state.stage() == BootState.Stage.LAUNCH) {
            return launch(saved, state);
        }
        InstanceId id = new InstanceId(state.instance());
        Optional<Instance> found =
                cloud().instances().describe(List.of(id)).stream().findFirst();
        if (found.isPresent() && ENDED.contains(found.get().state())) {
            return again(saved, ended(state, found.get()), Duration.ZERO);
        }
        if (found.isEmpty() || !found.get().state().equals("running")) {
            return isLate(state)
                    ? again(saved, state.unknown(id + " was not running after " + limit(), now), Duration.ZERO)
                    : again(saved, state, TICK);
        }
        return state.stage() == BootState.Stage.BOOT ? boot(saved, state, found.get()) : ask(saved, state);
    }

    private Progress launch(StepState saved, BootState state) {
        if (isLate(state)) {
            return again(saved, state.unknown("no instance was launched within " + limit(), now), Duration.ZERO);
        }
        Optional<Ami> image = cloud().amis().describe(List.of(ami)).stream().findFirst();
        if (image.isEmpty()) {
            return again(saved, state, TICK);
        }
        String type = request.instanceType(image.get().architecture());
        InstanceId id = cloud().bootInstances().launch(launch(image.get(), type, state), state.clientToken());
        return again(
                saved,
                said(state.launched(id.value()), "boot test: " + id + ", a " + type + " from " + ami + " in " + region),
                TICK);
    }

    private BootInstances.Launch launch(Ami image, String type, BootState state) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("Name", "ami-refresh boot test of " + ami);
        tags.put(AmiTags.RUN, host.run().id());
        tags.put(
                AmiTags.BOOT_TEST_UNTIL,
                state.startedAt()
                        .plus(request.test().timeLimit())
                        .plus(ABANDONED)
                        .toString());
        return new BootInstances.Launch(
                ami,
                image.blockDevices().devices().stream().map(BlockDevice::name).toList(),
                type,
                request.subnet(),
                request.securityGroups(),
                request.instanceProfile(),
                request.publicAddress(),
                tags,
                request.test().timeLimit().plus(GRACE));
    }

    private BootState ended(BootState state, Instance instance) {
        String why = instance.id() + " is " + instance.state()
                + (instance.stateReason().isEmpty() ? "" : " (" + instance.stateReason() + ")");
        return instance.stateReason().startsWith(OWN_SHUTDOWN) ? state.failed(why, now) : state.unknown(why, now);
    }

    private Progress boot(StepState saved, BootState state, Instance instance) {
        BootInstances.StatusChecks checks = cloud().bootInstances().statusChecks(instance.id());
        if (checks.passed()) {
            return request.test().checks().isEmpty()
                    ? again(saved, state.passed(now), Duration.ZERO)
                    : again(saved, asking(state, instance), Duration.ZERO);
        }
        if (!isLate(state)) {
            return again(saved, state, TICK);
        }
        String told = "after " + limit() + " the status checks of " + instance.id() + " are: instance "
                + checks.instance() + ", system " + checks.system();
        return again(
                saved, checks.instanceFailed() ? state.failed(told, now) : state.unknown(told, now), Duration.ZERO);
    }

    private BootState asking(BootState state, Instance instance) {
        String address = request.publicAddress() && !instance.publicIpAddress().isEmpty()
                ? instance.publicIpAddress()
                : instance.privateIpAddress();
        List<Subject> subjects = List.of(Subject.instance(instance.id().value(), address));
        List<Trial> trials = SmokeTestState.start(request.test(), subjects, OldVersion.UNKNOWN, now)
                .trials();
        String names = request.test().checks().stream().map(Check::name).collect(Collectors.joining(", "));
        // The time limit is for all of it.
        SmokeTestState test = new SmokeTestState(state.startedAt(), trials, OldVersion.UNKNOWN);
        return said(state.asking(test), "boot test: " + instance.id() + " passes its status checks, asking " + names);
    }

    private Progress ask(StepState saved, BootState state) {
        SmokeTestState test = Optional.ofNullable(state.test()).orElseThrow();
        Prober prober = new Prober(question(), request.test(), OldInstances.NONE);
        for (Trial changed : prober.asked(test.due(now), test::oldAnswer)) {
            test = test.with(changed);
        }
        test = test.limited(request.test(), now);
        BootState next = state.asking(test);
        if (!test.isOver(request.test())) {
            return again(saved, next, prober.isWaiting() ? SOON : until(test));
        }
        SmokeTestVerdict verdict = test.verdict(request.test());
        String why = verdict == SmokeTestVerdict.PASSED ? "" : test.reason(request.test());
        BootState decided =
                switch (verdict) {
                    case PASSED -> next.passed(now);
                    case FAILED -> next.failed(why, now);
                    case INCONCLUSIVE -> next.unknown(why, now);
                };
        return again(saved, decided, Duration.ZERO);
    }

    private Duration until(SmokeTestState test) {
        Duration wait = Duration.between(now, test.nextAt().orElse(now));
        return wait.compareTo(SOON) < 0 ? SOON : wait.compareTo(TICK) > 0 ? TICK : wait;
    }

    private Question question() {
        GroupKey group =
                new GroupKey(cloud().account(), region, new AutoScalingGroupName(family.value() + " boot test"));
        return new Question(host, new Place(AccountAccess.SELF, region), group, 0, Map::of, Question.Asked.NEW, now);
    }

    private boolean isLate(BootState state) {
        return !now.isBefore(state.startedAt().plus(request.test().timeLimit()));
    }

    private Duration limit() {
        return request.test().timeLimit();
    }

    private BootState said(BootState state, String line) {
        if (line.equals(state.line())) {
            return state;
        }
        host.log(family + ": " + line);
        return state.saying(line);
    }

    private Cloud cloud() {
        return host.cloud(AccountAccess.SELF, region);
    }

    private static Progress again(StepState saved, BootState state, Duration after) {
        return new Progress.Again(state.in(saved), after);
    }
}
