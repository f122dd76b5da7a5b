package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import io.jenkins.plugins.amirefresh.step.recycle.Recycling;
import java.util.ArrayList;
import java.util.List;

/** The step {@code recycleOnEvents}. */
public final class RecycleOnEvents implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "recycleOnEvents";

    static final String QUEUE = "queue";
    static final String DEAD_LETTER_QUEUE = "deadLetterQueue";
    static final String LISTEN_FOR = "listenFor";
    static final String QUIET_FOR = "quietFor";
    static final String QUIET_AT_MOST = "quietAtMost";
    static final String JOBS = "jobs";
    static final String RECYCLE = "recycle";
    static final String SLACK_CHANNEL = "slackChannel";
    static final String PAGER_DUTY = "pagerDutyCredentialsId";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Recycles Auto Scaling groups when somebody changed what they launch, as events in a queue tell; whether and"
                + " how is said by the groups' tags.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(events());
        specs.add(ParameterSpec.optional(
                JOBS,
                ParameterType.MAP,
                "none",
                "Jobs by the values of the tag autorecycle_step_function_name, such as [mongo: 'refresh-mongo']. Groups with"
                        + " such a tag are left to that job, the result lists them; the name of this job stands for"
                        + " this step. A value that is not among them is refused."));
        specs.add(ParameterSpec.map(
                RECYCLE,
                Recycling.how().stream().map(ParameterSpec::name).toList(),
                "How groups are recycled: parameters of recycleAsgs, such as [minHealthyPercentage: 90, checks: [[http:"
                        + " '/health']]]. Windows are ignored unless it says windows: 'wait' or 'due', and no group"
                        + " that ended badly holds others unless it says holdOn. The strategy is each group's tag"
                        + " autorecycle_strategy."));
        specs.add(ParameterSpec.optional(
                SLACK_CHANNEL,
                ParameterType.TEXT,
                "the global setting",
                "The Slack channel that is told when a group's refresh starts or is rolled back; the channel in a group's"
                        + " tag autorecycle_slack_monitoring_channel is told beside it."));
        specs.add(ParameterSpec.optional(
                PAGER_DUTY,
                ParameterType.TEXT,
                "none, the result lists them under pages",
                "Jenkins secret text with the integration key of PagerDuty's Events API v2. A group with the tag"
                        + " autorecycle_notify_pager_duty that ends badly opens an incident, which its next refresh that"
                        + " ends well closes."));
        specs.add(ParameterSpec.dryRun(
                "Prints what would be recycled, changes nothing and leaves every message in the queue."));
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> events() {
        return List.of(
                ParameterSpec.required(
                        QUEUE,
                        ParameterType.TEXT,
                        "The name of the SQS queue that gets the events, one in each account and region of the step; or the"
                                + " address of one queue: https://sqs.eu-west-1.amazonaws.com/111111111111/asg-changes."),
                ParameterSpec.optional(
                        DEAD_LETTER_QUEUE,
                        ParameterType.TEXT,
                        "the queue's own, by its redrive policy",
                        "The name of the queue beside it that gets messages that nobody can read, with the reason. Without"
                                + " any, they stay where they are and the build is UNSTABLE."),
                ParameterSpec.optional(
                        LISTEN_FOR,
                        ParameterType.DURATION,
                        "0s, until the queue is empty",
                        "How long the step waits for events. It ends sooner when one comes for a group that it has begun to"
                                + " recycle already: that one is left in the queue for the next call."),
                ParameterSpec.optional(
                        QUIET_FOR,
                        ParameterType.DURATION,
                        "1m",
                        "A group is recycled when this long no further event of it has come, once for all of them."),
                ParameterSpec.optional(
                        QUIET_AT_MOST,
                        ParameterType.DURATION,
                        "10m",
                        "It is recycled this long after the first event, however many follow."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new RecycleOnEventsOperation(EventSettings.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
