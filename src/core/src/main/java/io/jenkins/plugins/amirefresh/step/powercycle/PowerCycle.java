package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The step {@code powerCycle}. */
public final class PowerCycle implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "powerCycle";

    static final String SCHEDULE_TAGS = "scheduleTags";
    static final String ENVIRONMENTS = "environments";
    static final String EXCLUDE_ENVIRONMENTS = "excludeEnvironments";
    static final String NAMES = "names";
    static final String ZONE = "zone";
    static final String HOLIDAYS = "holidays";
    static final String ENFORCE = "enforce";
    static final String SETTLE_WITHIN = "settleWithin";
    static final String ALLOW_URLS = "allowUrls";
    static final String DOCUMENT_TIME_LIMIT = "documentTimeLimit";
    static final String DOCUMENT_SIZE_LIMIT = "documentSizeLimit";
    static final String FAIL_ON = "failOn";
    static final String WAKE = "wake";
    static final String SAVINGS = "savings";
    static final String PRICES = "prices";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Starts and stops EC2 instances and Auto Scaling groups by the crontab schedules on their tags.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(which());
        specs.addAll(when());
        specs.addAll(documents());
        specs.addAll(savings());
        specs.add(ParameterSpec.choice(
                FAIL_ON,
                List.of("any", "broken", "none"),
                "broken",
                "The step fails when AWS refused something or something did not become what it should ('broken'), also for"
                        + " a wrong document or a dependency that is not met ('any'), or never ('none', it returns the"
                        + " rows); what does not fail the step makes the build UNSTABLE."));
        specs.add(ParameterSpec.dryRun("Prints what would be started and stopped and changes nothing."));
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> which() {
        return List.of(
                ParameterSpec.optional(
                        SCHEDULE_TAGS,
                        ParameterType.LIST,
                        "ec2Powercycle, asgLifecycle",
                        "Names of the tags that hold a schedule; of several on one resource the first counts."),
                ParameterSpec.optional(
                                ENVIRONMENTS,
                                ParameterType.LIST,
                                "all",
                                "Only instances and groups whose tag Environment is one of these; upper and lower case are equal,"
                                        + " in the tag's name too, * and ? stand for other letters. Without that tag nothing is"
                                        + " touched.")
                        .guarding(),
                ParameterSpec.optional(
                                EXCLUDE_ENVIRONMENTS,
                                ParameterType.LIST,
                                "p, prod, production",
                                "Never touches instances and groups whose tag Environment is one of these; upper and lower case"
                                        + " are equal, * and ? stand for other letters.")
                        .guarding(),
                ParameterSpec.optional(
                                NAMES,
                                ParameterType.LIST,
                                "all",
                                "Only the instances with these ids or tags Name and the groups with these names; * and ? stand for"
                                        + " other letters.")
                        .guarding());
    }

    private static List<ParameterSpec> when() {
        return List.of(
                ParameterSpec.optional(
                                ZONE,
                                ParameterType.TEXT,
                                "UTC",
                                "The time zone of schedules that name none, such as Europe/London.")
                        .guarding(),
                ParameterSpec.optional(
                                HOLIDAYS,
                                ParameterType.LIST,
                                "none",
                                "Days on which nothing runs, from midnight to midnight: 2026-12-25, or 2026-12-24/2027-01-01.")
                        .guarding(),
                ParameterSpec.optional(
                        ENFORCE,
                        ParameterType.BOOLEAN,
                        "false",
                        "Stops again what people started by hand; otherwise that runs until it is to stop next."),
                ParameterSpec.optional(
                                WAKE,
                                ParameterType.DURATION,
                                "nothing is woken",
                                "Starts what its schedule has off, whatever the hour; groups go back to sleep with the first"
                                        + " run after that long, instances when they are to stop next.")
                        .guarding(),
                ParameterSpec.optional(
                        SETTLE_WITHIN,
                        ParameterType.DURATION,
                        "15m",
                        "How long something may take to start or stop, and what depends on it waits."));
    }

    private static List<ParameterSpec> documents() {
        return List.of(
                ParameterSpec.optional(
                        ALLOW_URLS,
                        ParameterType.LIST,
                        "none",
                        "Where shared documents may come from: beginnings of https addresses, such as"
                                + " https://config.example.com/schedules/. A tag that names another address is refused."),
                ParameterSpec.optional(
                        DOCUMENT_TIME_LIMIT,
                        ParameterType.DURATION,
                        "10s",
                        "How long a shared document may take to come; each is fetched once."),
                ParameterSpec.optional(
                        DOCUMENT_SIZE_LIMIT,
                        ParameterType.INTEGER,
                        "16",
                        "How long a shared document may be, in KiB, 1 to 60."));
    }

    private static List<ParameterSpec> savings() {
        return List.of(
                ParameterSpec.optional(
                        SAVINGS,
                        ParameterType.BOOLEAN,
                        "false",
                        "Also reports how many instance-hours schedules save this month, for each that is as its schedule"
                                + " wants it."),
                ParameterSpec.optional(
                        PRICES,
                        ParameterType.MAP,
                        "none",
                        "What an hour of an instance costs, for 'savings': by id or name, or by instance type, '*' for all"
                                + " others: ['t3.large': 0.0912, web: 0.19]."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new PowerCycleOperation(PowerSettings.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
