package io.jenkins.plugins.amirefresh.ecs;

import java.util.Map;

/**
 * The error texts of ecs-updater, which its callers look for. Source: enmata/ecs-updater,
 * {@code lambda_code/lambda-ecs-updater.py}.
 */
public final class UpdaterTexts {

    private static final String READ = "[ERROR][ecs_service_read] ";
    private static final String UPDATE = "[ERROR][ecs_service_update] ";

    private UpdaterTexts() {}

    /** The event is not what the schema allows. */
    public static String wrongEvent(String problem) {
        return "[ERROR][json_validation] wrong input event format: " + problem;
    }

    /** There is no such cluster. */
    public static String noCluster(String cluster) {
        return READ + "ecs_cluster_name " + cluster + " not found";
    }

    /** There is no such service. */
    public static String noService(String service) {
        return READ + "ecs_service_name " + service + " not found";
    }

    /** AWS let nobody read the service. */
    public static String unreadable(String service) {
        return READ + "reading ecs service unexpected error: " + service;
    }

    /** AWS refused the task definition. */
    public static String notRegistered(String awsText) {
        return UPDATE + "new task_definition could not be created " + awsText;
    }

    /** AWS refused to update the service. */
    public static String notUpdated(String awsText) {
        return UPDATE + "service could not be update with new task_definition " + awsText;
    }

    /** AWS refused the tags. */
    public static String notTagged(Map<String, String> tags) {
        return UPDATE + "service tags could not be updated (ClientError) " + PythonText.of(tags);
    }

    /** No client would send these tags. */
    static String notTags(String pythonText) {
        return UPDATE + "service tags could not be updated (ParamValidationError) " + pythonText;
    }
}
