package io.jenkins.plugins.amirefresh.simulator.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;

/** Redrive policies. Source: SQS API Reference, "SetQueueAttributes". */
final class Redrive {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST = 1000;

    private Redrive() {}

    /** Refuses a policy that is none; an empty text takes the policy away. */
    static void check(String policy) {
        if (!policy.isEmpty()) {
            JsonNode parsed = parsed(policy);
            int times = parsed.path("maxReceiveCount").asInt();
            if (parsed.path("deadLetterTargetArn").asText().isEmpty() || times < 1 || times > MOST) {
                throw refused(policy);
            }
        }
    }

    static JsonNode parsed(String policy) {
        try {
            return MAPPER.readTree(policy);
        } catch (JsonProcessingException e) {
            throw refused(policy);
        }
    }

    private static AwsError refused(String policy) {
        return AwsError.client("InvalidParameterValue", "Value " + policy + " for parameter RedrivePolicy is invalid.");
    }
}
