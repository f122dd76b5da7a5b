package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import java.util.Map;

/** Why EC2 ends instances that are still pending, in its words. Source: EC2 API Reference, "StateReason". */
final class LaunchEnd {

    private static final Map<String, String> TEXTS = Map.of(
            "Client.InternalError", "Client error on launch",
            "Client.InvalidKMSKey.InvalidState", "The KMS key provided is in an incorrect state",
            "Client.InvalidSnapshot.NotFound", "The specified snapshot was not found",
            "Client.VolumeLimitExceeded", "Volume limit exceeded",
            "Server.InsufficientInstanceCapacity", "Insufficient capacity to satisfy the launch request",
            "Server.InternalError", "Internal error on launch");

    private LaunchEnd() {}

    static Instance.StateReason of(String code) {
        return Instance.StateReason.of(code, TEXTS.getOrDefault(code, code));
    }
}
