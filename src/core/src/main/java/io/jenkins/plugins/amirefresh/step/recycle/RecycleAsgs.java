package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.checks.CheckParameters;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.preflight.Risk;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The step {@code recycleAsgs}. */
public final class RecycleAsgs implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "recycleAsgs";

    static final String STRATEGY = "strategy";
    static final String VERSION = "launchTemplateVersion";
    static final String MIN_HEALTHY = "minHealthyPercentage";
    static final String MAX_HEALTHY = "maxHealthyPercentage";
    static final String WARMUP = "instanceWarmup";
    static final String CHECKS = "checks";
    static final String PROTECTED = "scaleInProtectedInstances";
    static final String STANDBY = "standbyInstances";
    static final String BATCH_SIZE = "batchSize";
    static final String CHECKPOINT_DELAY = "checkpointDelay";
    static final String STOP_AFTER = "stopAfter";
    static final String MAX_FAILURES = "maxFailures";
    static final String CHECKPOINTS = "checkpointPercentages";
    static final String BAKE_TIME = "bakeTime";
    static final String ALARMS = "alarms";
    static final String AUTO_ROLLBACK = "autoRollback";
    static final String INSTANCE_TIME_LIMIT = "instanceTimeLimit";
    static final String BATCH_TIME_LIMIT = "batchTimeLimit";
    static final String TIME_LIMIT = "timeLimit";
    static final String ON_FAILURE = "onFailure";
    static final String ON_ABORT = "onAbort";
    static final String FAIL_ON = "failOn";
    static final String HOLD_ON = "holdOn";
    static final String MAX_CONCURRENT = "maxConcurrent";
    static final String WAVES = "waves";
    static final String OTHERS = "others";
    static final String SMOKE_TEST = "smokeTest";
    static final String SLACK_CHANNEL = "slackChannel";
    static final String SAME_AMI = "sameAmi";
    static final String DRY_RUN = "dryRun";
    static final String PLAN = "plan";
    static final String ALLOW = "allow";

    private static final String WARMUP_DEFAULT =
            "the group's default instance warmup; else, behind a load balancer, as long as its checks take to find an"
                    + " instance unhealthy (own strategies), elsewhere its health check grace period, at least 5m with"
                    + " instance-refresh where AWS does not look at the load balancer";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Replaces the outdated instances of Auto Scaling groups, each group in its own window, and rolls back"
                + " what fails.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(CommonParameters.whichGroups());
        specs.addAll(order());
        specs.add(smokeTest());
        specs.addAll(RecycleTimes.parameters());
        specs.addAll(how());
        specs.addAll(inSteps());
        specs.addAll(within());
        specs.addAll(ends());
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    /** The names of the parameters that say when and how groups are recycled, not which ones and where. */
    static Set<String> ofTheWay() {
        Set<String> names = new LinkedHashSet<>();
        List.of(List.of(smokeTest()), RecycleTimes.parameters(), how(), inSteps(), within(), ends())
                .forEach(specs -> specs.forEach(spec -> names.add(spec.name())));
        names.removeAll(Set.of(SLACK_CHANNEL, DRY_RUN));
        return names;
    }

    private static List<ParameterSpec> order() {
        return List.of(
                ParameterSpec.listOfMaps(
                                WAVES,
                                Wave.specs().stream().map(ParameterSpec::name).toList(),
                                "The order of groups, one map a wave, such as [[environments: 'dev,qa', soak: '1h'],"
                                        + " [environments: 'prod', maxConcurrent: 2]]. A group starts when its own window"
                                        + " is open and every group of an earlier wave whose window opened before or with"
                                        + " its own is done, tested and has been refreshed for 'soak', after which it is"
                                        + " tested again; one whose window opens later holds nobody. A group belongs to"
                                        + " the first wave that has it. 'approval' asks people before the first of them"
                                        + " starts, such as [submitter: 'ops', expires: '4h', message: 'Production?']: on"
                                        + " the build's page, with what earlier waves came to. 'maxConcurrent' groups of a"
                                        + " wave are at work at a time; with more than 'maxFailures' groups (0) of it"
                                        + " rolled back or failed, groups of its own and of later waves are held as"
                                        + " 'holdOn' says. Without waves, each group starts in its window.")
                        .guarding(),
                ParameterSpec.choice(
                        OTHERS,
                        List.of("refuse", "last"),
                        "refuse",
                        "Selected groups that no wave has: 'refuse' leaves them alone, with a row that makes the build"
                                + " UNSTABLE unless another step names them, 'last' refreshes them after all waves."));
    }

    private static ParameterSpec smokeTest() {
        return ParameterSpec.map(
                SMOKE_TEST,
                SmokeTesting.keys(),
                "How each group is tested at once when it is refreshed: parameters of smokeTestAsg, such as [checks:"
                        + " [[http: '/health']], onFailure: 'rollback']. A later wave waits for the verdict. What passed"
                        + " is not asked the same again by a smokeTestAsg of the same build. Without it, groups are not"
                        + " tested by this step.");
    }

    private static List<ParameterSpec> how() {
        List<String> strategies = new ArrayList<>(List.of("auto"));
        strategies.addAll(RefreshStrategy.names());
        return List.of(
                ParameterSpec.choice(
                        STRATEGY,
                        strategies,
                        "auto",
                        "How instances are replaced where the group's tag autorecycle_strategy does not say it; 'auto'"
                                + " picks by the group's facts and says why."),
                version(),
                ParameterSpec.choice(
                        SAME_AMI,
                        List.of("keep", "replace"),
                        "keep",
                        "What becomes of instances that run the wanted image already, from another version that is"
                                + " otherwise equal: 'keep' leaves them, 'replace' replaces them too."),
                ParameterSpec.optional(
                        MIN_HEALTHY,
                        ParameterType.INTEGER,
                        "the group's instance maintenance policy, else the strategy's way",
                        "Healthy capacity that stays in service, 0-100 percent of desired capacity."),
                ParameterSpec.optional(
                        MAX_HEALTHY,
                        ParameterType.INTEGER,
                        "the group's instance maintenance policy, else 100",
                        "Healthy capacity an instance refresh may reach, 100-200 percent of desired capacity."),
                ParameterSpec.optional(
                        WARMUP,
                        ParameterType.DURATION,
                        WARMUP_DEFAULT,
                        "How long a new instance is in service before it counts as healthy."),
                ParameterSpec.listOfMaps(
                        CHECKS,
                        CheckParameters.keys(),
                        "What a new instance has to pass before it counts and before the next old one goes: the checks"
                                + " of smokeTestAsg, for example [[http: '/health', healthyThresholdCount: 3]]. They are"
                                + " asked until they pass, within instanceTimeLimit, and first of an old instance, so that"
                                + " what it answers alike is not laid to the new version. AWS cannot wait for them, so"
                                + " 'auto' picks a strategy of ours."));
    }

    private static ParameterSpec version() {
        return ParameterSpec.integerOr(
                List.of(VersionChoice.LAUNCHED),
                VERSION,
                "the version this build made, else the template's latest",
                "The launch template version to bring groups to: a number, or 'launched' for the one that each group"
                        + " launches, by the number, $Default or $Latest that it names; no group is given"
                        + " another version then, and no default is moved.");
    }

    private static List<ParameterSpec> inSteps() {
        return List.of(
                ParameterSpec.optional(
                        BATCH_SIZE,
                        ParameterType.SIZE,
                        "all with out-in, 1 with in-out, 25% with rolling and canary",
                        "Instances replaced together: a number, or percent of desired capacity such as '25%'. AWS sizes"
                                + " the batches of an instance refresh itself."),
                ParameterSpec.optional(
                        CHECKPOINT_DELAY,
                        ParameterType.DURATION,
                        "10m",
                        "How long a canary has to stay healthy before the rest follows; with instance-refresh, how"
                                + " long AWS waits at each checkpoint."),
                ParameterSpec.choice(
                                STOP_AFTER,
                                List.of("canary"),
                                "no stop",
                                "Returns with each group whole and one proven instance on the new version, so that an"
                                        + " input or your own test can follow; the next recycleAsgs of the same build"
                                        + " looks at it again and goes on, or back when it broke meanwhile; rollbackAsgs"
                                        + " goes back.")
                        .guarding(),
                ParameterSpec.optional(
                        CHECKPOINTS,
                        ParameterType.LIST,
                        "none",
                        "Percentages of replaced instances at which an instance refresh waits, rising; 100 is added."),
                ParameterSpec.optional(
                        BAKE_TIME,
                        ParameterType.DURATION,
                        "none",
                        "How long AWS goes on watching the alarms after the last instance of an instance refresh."),
                ParameterSpec.optional(
                        ALARMS,
                        ParameterType.LIST,
                        "none",
                        "Names of CloudWatch alarms, at most 10, that end an instance refresh; each has to be there."),
                ParameterSpec.optional(
                        AUTO_ROLLBACK,
                        ParameterType.BOOLEAN,
                        "false",
                        "AWS itself rolls an instance refresh back when it fails, also while the controller is down."
                                + " AWS refuses it for groups that name $Latest, $Default or a parameter for the AMI."));
    }

    private static List<ParameterSpec> within() {
        return List.of(
                ParameterSpec.optional(
                        ALLOW,
                        ParameterType.LIST,
                        "nothing",
                        "What a group is refreshed in spite of, instead of being refused: "
                                + String.join(", ", Risk.words()) + "."),
                ParameterSpec.choice(
                        PROTECTED,
                        List.of("Refresh", "Ignore", "Wait"),
                        "groups that have some are refused; who gets so meanwhile is left, and its group is unfinished",
                        "What happens to outdated instances that are protected from scale in."),
                ParameterSpec.choice(
                        STANDBY,
                        List.of("Terminate", "Ignore", "Wait"),
                        "groups that have some are refused; who gets so meanwhile is left, and its group is unfinished",
                        "What happens to outdated instances in standby."),
                ParameterSpec.optional(
                        MAX_FAILURES,
                        ParameterType.INTEGER,
                        "no failed launch; of new instances that break less than 2, or less than a tenth of a large"
                                + " group",
                        "Failed launches and new instances that break or do not get healthy, which a group bears"
                                + " before its refresh has failed; what did not get healthy in time is replaced."),
                ParameterSpec.optional(
                        INSTANCE_TIME_LIMIT,
                        ParameterType.DURATION,
                        "20m",
                        "How long a new instance may take until it is in service and healthy, its warmup not counted."
                                + " The default does not count the wait for launch hooks, a value that you give does."),
                ParameterSpec.optional(
                        BATCH_TIME_LIMIT,
                        ParameterType.DURATION,
                        "1h",
                        "How long a batch of replacements may take; with instance-refresh, how long AWS may take for"
                                + " the next one, waits that you asked for not counted. The default does not count what"
                                + " hooks and draining take, a value that you give does."),
                ParameterSpec.optional(
                        TIME_LIMIT,
                        ParameterType.DURATION,
                        "4h",
                        "How long the refresh of one group may take. The default does not count what hooks and"
                                + " draining take, a value that you give does."));
    }

    private static List<ParameterSpec> ends() {
        return List.of(
                ParameterSpec.choice(
                        ON_FAILURE,
                        List.of("rollback", "stop"),
                        "rollback",
                        "What follows when a replacement fails: the group goes back to its old version, or stays as it"
                                + " is with temporary changes undone."),
                ParameterSpec.choice(
                        ON_ABORT,
                        OnAbort.names(),
                        "finish-batch",
                        "What happens to groups in flight when the build is aborted; temporary changes are undone in"
                                + " any case."),
                ParameterSpec.choice(
                        FAIL_ON,
                        List.of("any", "broken", "none"),
                        "any",
                        "The step fails when a group was rolled back, failed, was refused or missed its window"
                                + " ('any'), when one is left broken ('broken'), or never ('none', it returns the rows)."
                                + " It decides nothing about the build's result, which refreshReport sets."),
                ParameterSpec.choice(
                        HOLD_ON,
                        List.of("any", "family", "none"),
                        "any",
                        "Groups that have not started are held when a group of this build was rolled back or failed:"
                                + " any group, one of the same image family, or not at all. With waves, only those of"
                                + " its own wave and of later ones; later waves are also held when a smokeTest cannot"
                                + " tell whether a group works."),
                ParameterSpec.optional(
                        SLACK_CHANNEL,
                        ParameterType.TEXT,
                        "the global setting",
                        "The Slack channel that is told when a group's refresh starts or is rolled back."),
                ParameterSpec.dryRun("Prints the whole plan and changes nothing."),
                ParameterSpec.optional(
                        PLAN,
                        ParameterType.TEXT,
                        "none",
                        "Does what a dry run of this build planned and nothing else: its hash, or 'run' for the last"
                                + " one. A group that is not in the plan, or of which something is different now that was"
                                + " agreed to, is refused and the difference named; the others go on."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new RecycleOperation(RecycleSettings.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
