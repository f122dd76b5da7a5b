package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;

/** What AWS checks before and what we check after a service does its part. */
public final class Checks {

    private Checks() {}

    /**
     * Holds an input against the model.
     *
     * @throws AwsError in the words of the service's protocol
     */
    public static void input(ServiceModel model, String operation, ObjectNode input) {
        InputCheck.check(model.protocol(), operation(model, operation).input(), input);
    }

    /**
     * Holds an answer against the model.
     *
     * @throws IllegalStateException naming operation and member when a service of ours answers what AWS cannot
     */
    public static void output(ServiceModel model, String operation, ObjectNode output) {
        OutputCheck.check(operation, operation(model, operation).output(), output);
    }

    /**
     * Refuses what AWS does not have.
     *
     * @throws AwsError when AWS has no such operation
     */
    public static void exists(ServiceModel model, String operation) {
        operation(model, operation);
    }

    static ServiceModel.OperationModel operation(ServiceModel model, String name) {
        return model.operation(name).orElseThrow(() -> noSuchOperation(model, name));
    }

    private static AwsError noSuchOperation(ServiceModel model, String name) {
        if (name.isEmpty()) {
            return AwsError.client("MissingAction", "The request names no action.");
        }
        return switch (model.protocol()) {
            case EC2 -> AwsError.client("InvalidAction", "The action " + name + " is not valid for this web service.");
            case QUERY ->
                AwsError.client(
                        "InvalidAction", "Could not find operation " + name + " for version " + model.apiVersion());
            case JSON, CBOR -> AwsError.client("UnknownOperationException", "There is no operation " + name + ".");
        };
    }

    /** What the service says to a caller that is too fast. Source: EC2 API "Error codes", Auto Scaling "Common errors". */
    public static AwsError throttled(ServiceModel model) {
        return switch (model.protocol()) {
            case EC2 -> new AwsError("RequestLimitExceeded", 503, "Request limit exceeded.");
            case QUERY -> AwsError.client("Throttling", "Rate exceeded");
            case JSON, CBOR -> AwsError.client("ThrottlingException", "Rate exceeded");
        };
    }

    /** What the service says to temporary credentials that ended. */
    public static AwsError expired(ServiceModel model) {
        return model.protocol() == Protocol.EC2
                ? AwsError.client("RequestExpired", "Request has expired.")
                : new AwsError("ExpiredToken", 403, "The security token included in the request is expired");
    }

    /** What the service says when something of ours is broken. */
    public static AwsError broken(ServiceModel model, String message) {
        return new AwsError(model.protocol() == Protocol.EC2 ? "InternalError" : "InternalFailure", 500, message);
    }
}
