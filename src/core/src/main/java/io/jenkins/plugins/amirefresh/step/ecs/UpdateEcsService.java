package io.jenkins.plugins.amirefresh.step.ecs;

import io.jenkins.plugins.amirefresh.step.StepDefinition;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.fleet.OnAbort;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterSpec;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterType;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** The step {@code updateEcsService}. */
public final class UpdateEcsService implements StepDefinition {

    /** The name in a Jenkinsfile. */
    public static final String NAME = "updateEcsService";

    static final String PAYLOAD = "payload";
    static final String CLUSTER = "cluster";
    static final String SERVICES = "services";
    static final String IMAGE = "image";
    static final String CONTAINER = "container";
    static final String IMAGES = "images";
    static final String TAGS = "tags";
    static final String TAG_MODE = "tagMode";
    static final String SAME_IMAGE = "sameImage";
    static final String TIME_LIMIT = "timeLimit";
    static final String BAKE_TIME = "bakeTime";
    static final String MAX_CONCURRENT = "maxConcurrent";
    static final String ON_FAILURE = "onFailure";
    static final String ON_ABORT = "onAbort";
    static final String FAIL_ON = "failOn";
    static final String DRY_RUN = "dryRun";

    @Override
    public String functionName() {
        return NAME;
    }

    @Override
    public String summary() {
        return "Gives services of Amazon ECS a new image and tags, waits until its tasks serve, and goes back when they do"
                + " not.";
    }

    @Override
    public List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(what());
        specs.addAll(how());
        specs.addAll(ends());
        specs.addAll(CommonParameters.where());
        return List.copyOf(specs);
    }

    private static List<ParameterSpec> what() {
        return List.of(
                ParameterSpec.optional(
                        PAYLOAD,
                        ParameterType.TEXT,
                        "",
                        "The JSON event of ecs-updater, or a list of such events, instead of the parameters up to tagMode:"
                                + " ecs_cluster_name, ecs_service_name, ecs_image_name, ecs_tag, and if needed"
                                + " ecs_container_name and ecs_tag_mode."),
                ParameterSpec.optional(
                                CLUSTER,
                                ParameterType.TEXT,
                                "the cluster in the ARNs of the services, else default, the one that AWS means",
                                "Name or ARN of the cluster, in the region and the account worked in.")
                        .guarding(),
                ParameterSpec.optional(
                        SERVICES, ParameterType.LIST, "none", "Names or ARNs of the services, one after the other."),
                ParameterSpec.optional(
                                IMAGE,
                                ParameterType.TEXT,
                                "",
                                "The image, by tag or by digest. One of Amazon ECR must exist there, or nothing is changed.")
                        .guarding(),
                ParameterSpec.optional(
                                CONTAINER,
                                ParameterType.TEXT,
                                "the only one of the task definition",
                                "Which container gets the image.")
                        .guarding(),
                ParameterSpec.optional(
                                IMAGES,
                                ParameterType.MAP,
                                "none",
                                "Images by container, when several get one: [app: '...', sidecar: '...'].")
                        .guarding(),
                ParameterSpec.optional(TAGS, ParameterType.MAP, "none", "Tags to set on the services.")
                        .guarding(),
                ParameterSpec.choice(
                        TAG_MODE,
                        List.of("merge", "replace"),
                        "merge; a payload replaces unless it says ecs_tag_mode",
                        "What becomes of other tags of a service: they stay, or they go. Tags of AWS itself stay."));
    }

    private static List<ParameterSpec> how() {
        return List.of(
                ParameterSpec.choice(
                        SAME_IMAGE,
                        List.of("deploy", "keep"),
                        "deploy",
                        "When a service has the wanted images already: 'deploy' starts its tasks anew, which brings what a"
                                + " moving tag names by now, 'keep' leaves them."),
                ParameterSpec.optional(
                        TIME_LIMIT,
                        ParameterType.DURATION,
                        "30m",
                        "How long one service may take until it is steady, and again until it is back."),
                ParameterSpec.optional(
                        BAKE_TIME,
                        ParameterType.DURATION,
                        "1m",
                        "How long all tasks must go on running after AWS calls the deployment completed: it does so as soon as"
                                + " they run, also when they crash a moment later."),
                ParameterSpec.optional(
                        MAX_CONCURRENT,
                        ParameterType.INTEGER,
                        "1",
                        "How many services are on their way at once, 1 or more."));
    }

    private static List<ParameterSpec> ends() {
        return List.of(
                ParameterSpec.choice(
                        ON_FAILURE,
                        List.of("rollback", "stop"),
                        "rollback",
                        "What follows when a deployment does not work: the service goes back to its last good task"
                                + " definition, or stays as it is."),
                ParameterSpec.choice(
                        ON_ABORT,
                        OnAbort.names(),
                        "rollback",
                        "What happens to services on their way when the build is aborted: they are watched to their end"
                                + " ('finish-batch'), go back, or are left to AWS while nobody watches."),
                ParameterSpec.choice(
                        FAIL_ON,
                        List.of("any", "broken", "none"),
                        "any",
                        "The step fails when a service was rolled back or failed ('any'), when one is left broken ('broken'),"
                                + " or never ('none', it returns the rows)."),
                ParameterSpec.dryRun("Looks at everything, prints what would be done and changes nothing."));
    }

    @Override
    public StepOperation operation(Parameters parameters) {
        CommonParameters.requireWellFormed(parameters);
        return new UpdateEcsServiceOperation(UpdateOptions.of(parameters));
    }

    @Override
    public boolean needsAgent() {
        return false;
    }
}
