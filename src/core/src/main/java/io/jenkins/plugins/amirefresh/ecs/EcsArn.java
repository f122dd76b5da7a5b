package io.jenkins.plugins.amirefresh.ecs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a cluster or of a service, which counts as a whole. Source: Service Authorization Reference, "Amazon Elastic
 * Container Service", resource types; ECS Developer Guide, "Amazon Resource Names (ARNs) and IDs" for the short form.
 *
 * @param cluster its name; empty in a service's short form, which names none
 * @param service its name; empty for a cluster
 */
record EcsArn(String region, String account, String cluster, String service) {

    private static final String NAME = "([A-Za-z0-9_-]{1,255})";
    private static final String WHERE = "arn:aws[a-z-]*:ecs:([a-z0-9-]+):([0-9]{12}):";
    private static final Pattern CLUSTER = Pattern.compile(WHERE + "cluster/" + NAME);
    private static final Pattern SERVICE = Pattern.compile(WHERE + "service/(?:" + NAME + "/)?" + NAME);

    /** Only a name has none of these. */
    private static final Pattern OF_NO_NAME = Pattern.compile("[:/]");

    private static final String CLUSTER_FORM = "arn:aws:ecs:eu-west-1:111111111111:cluster/shop";
    private static final String SERVICE_FORM = "arn:aws:ecs:eu-west-1:111111111111:service/shop/web";

    /** The cluster's, when it is one. */
    static Optional<EcsArn> ofCluster(String text) {
        Matcher matcher = CLUSTER.matcher(text);
        return matcher.matches()
                ? Optional.of(new EcsArn(matcher.group(1), matcher.group(2), matcher.group(3), ""))
                : Optional.empty();
    }

    /** The service's, when it is one. */
    static Optional<EcsArn> ofService(String text) {
        Matcher matcher = SERVICE.matcher(text);
        String cluster = matcher.matches() && matcher.group(3) != null ? matcher.group(3) : "";
        return matcher.matches()
                ? Optional.of(new EcsArn(matcher.group(1), matcher.group(2), cluster, matcher.group(4)))
                : Optional.empty();
    }

    /** Why this names no cluster, empty when it does. */
    static Optional<String> clusterProblem(String text) {
        return problem(text, ofCluster(text), CLUSTER_FORM);
    }

    /** Why this names no service, empty when it does. */
    static Optional<String> serviceProblem(String text) {
        return problem(text, ofService(text), SERVICE_FORM);
    }

    private static Optional<String> problem(String text, Optional<EcsArn> arn, String form) {
        return arn.isPresent() || !OF_NO_NAME.matcher(text).find()
                ? Optional.empty()
                : Optional.of("is not allowed; give a name, or an ARN such as " + form);
    }

    /** Why it is not what a step reaches that works there. */
    Optional<String> elsewhere(String workedRegion, String workedAccount) {
        return region.equals(workedRegion) && account.equals(workedAccount)
                ? Optional.empty()
                : Optional.of("is in account " + account + ", " + region + ", and this works in account "
                        + workedAccount + ", " + workedRegion + "; name it there, or give its regions and accounts");
    }
}
