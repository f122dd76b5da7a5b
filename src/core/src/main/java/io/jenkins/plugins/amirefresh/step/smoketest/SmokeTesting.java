package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.smoketest.JUnitXml;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.checks.Reach;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupNames;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.smoketest.TestWork.Rollback;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Smoke tests as part of a step that refreshes: each group is tested at once when it is refreshed, and brought back when it
 * fails, so that what waits for it need not wait for the others.
 */
public final class SmokeTesting {

    private final SmokeTest test;
    private final String onFailure;
    private final Optional<String> channel;

    private SmokeTesting(SmokeTest test, String onFailure, Optional<String> channel) {
        this.test = test;
        this.onFailure = onFailure;
        this.channel = channel;
    }

    /** The keys of the map that says how groups are tested: parameters of {@code smokeTestAsg}. */
    public static List<String> keys() {
        return SmokeTestAsg.ofATest().stream().map(ParameterSpec::name).toList();
    }

    /**
     * What such a map says.
     *
     * @param path the parameter whose value it is
     * @param channel of the step, for messages about tests
     * @throws ParameterException as {@code smokeTestAsg} would
     */
    public static SmokeTesting of(String path, Map<String, Object> given, Optional<String> channel) {
        try {
            Parameters parameters = Parameters.parse(path, SmokeTestAsg.ofATest(), given);
            return new SmokeTesting(SmokeTestAsg.test(parameters), SmokeTestAsg.onFailure(parameters), channel);
        } catch (ParameterException e) {
            throw e.within(path);
        }
    }

    /** Refuses checks that need an agent where there is none. */
    public void requireAgent(StepHost host) {
        Reach.requireAgent(host, test.checks());
    }

    /**
     * What a tick came to.
     *
     * @param after when to look again while a test is open
     */
    public record Tick(StepState state, Duration after) {}

    /**
     * Begins the test of each group that has been refreshed, and asks what is due; before the engine's tick.
     *
     * @param hasSoaked the group is to be asked once more, since its wave has soaked
     */
    public Tick tick(StepState state, StepHost host, List<Place> places, Predicate<GroupWork> hasSoaked) {
        List<TestWork> begun = FleetWork.works(state).stream()
                .filter(SmokeTesting::isRefreshed)
                .flatMap(work -> {
                    Optional<TestWork> test = test(state, work.group());
                    return test.isEmpty()
                            ? Stream.of(TestWork.begin(work.place(), work.group(), work.environment(), work.family()))
                            : test.filter(known -> isToBeAskedAgain(known) && hasSoaked.test(work)).stream()
                                    .map(TestWork::afterItsSoak);
                })
                .toList();
        StepState started = begun.isEmpty() ? state : Testing.withWorks(state, begun);
        Testing.Round round = testing(started, host, places).tick(started);
        return new Tick(round.state(), Testing.next(round.state(), round));
    }

    /** Tells people of what ended; after the engine's tick. */
    public StepState told(StepState state, StepHost host, List<Place> places) {
        return testing(state, host, places).told(state);
    }

    private Testing testing(StepState state, StepHost host, List<Place> places) {
        return new Testing(
                test, host, new Consequences(onFailure, channel, test.asked(), host, places, GroupNames.in(state)));
    }

    private static Optional<TestWork> test(StepState state, GroupKey group) {
        return Testing.work(state, group.toString());
    }

    private static boolean isRefreshed(GroupWork work) {
        GroupResult row = work.result();
        return work.isEnded()
                && row != null
                && (row.outcome() == GroupOutcome.REFRESHED || row.outcome() == GroupOutcome.PAUSED);
    }

    /** The group was refreshed, and it is not known yet whether it works. */
    public static boolean isUnderTest(StepState state, GroupWork work) {
        Optional<TestWork> test = test(state, work.group());
        return test.isEmpty()
                ? isRefreshed(work)
                : test.get().isTesting() || test.get().rollback() == Rollback.ANNOUNCED;
    }

    /** It passed, and is asked again when its wave has soaked. */
    public static boolean isToBeAskedAgain(StepState state, GroupWork work) {
        return test(state, work.group()).filter(SmokeTesting::isToBeAskedAgain).isPresent();
    }

    private static boolean isToBeAskedAgain(TestWork test) {
        return test.hasPassed() && !test.afterSoak();
    }

    /** Its test has begun; it may have ended. */
    public static boolean isTested(StepState state, GroupKey group) {
        return test(state, group).isPresent();
    }

    /** Something is left to begin, to ask, to bring back or to tell. */
    public static boolean isOpen(StepState state) {
        return FleetWork.works(state).stream().anyMatch(work -> isUnderTest(state, work))
                || Testing.works(state).stream().anyMatch(Testing::isOpen);
    }

    /** The group goes back, or is back, since it failed its test: people are told so by the test. */
    public static boolean hasSentBack(StepState state, GroupKey group) {
        return test(state, group)
                .filter(work -> work.rollback() != Rollback.NONE)
                .isPresent();
    }

    /** It failed its test, whatever came after. */
    public static boolean hasFailed(StepState state, GroupKey group) {
        return test(state, group)
                .filter(work -> work.verdict() == SmokeTestVerdict.FAILED)
                .isPresent();
    }

    /** Why it is not known whether the group works; empty when it is, and while the test goes on. */
    public static Optional<String> unknown(StepState state, GroupKey group) {
        return test(state, group)
                .filter(work -> work.verdict() == SmokeTestVerdict.INCONCLUSIVE)
                .map(TestWork::reason);
    }

    /** Says, and writes down, which groups will not be tested to the end. */
    public static void stopped(StepState state, StepHost host, String why) {
        Testing.cutOff(state, host, underTest(state), why);
    }

    /** The same of groups that came to the end of their refresh after that. */
    public static void stoppedLate(StepState state, StepHost host, String why) {
        RunHistory history = host.journal().history();
        List<GroupKey> late = underTest(state).stream()
                .filter(group -> !history.group(group).isTestedSinceItsRefresh())
                .toList();
        Testing.cutOff(state, host, late, why);
    }

    private static List<GroupKey> underTest(StepState state) {
        return FleetWork.works(state).stream()
                .filter(work -> isUnderTest(state, work))
                .map(GroupWork::group)
                .toList();
    }

    /** Keeps the verdicts of the run where Jenkins finds them. */
    public static void keepVerdicts(StepHost host) {
        host.keep("junit.xml", JUnitXml.of(host.journal().events()));
    }
}
