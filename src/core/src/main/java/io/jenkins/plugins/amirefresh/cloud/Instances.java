package io.jenkins.plugins.amirefresh.cloud;

import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** EC2 instances. */
public interface Instances {

    /** The instances with these ids, pages of 1,000 ids; missing ones are missing in the answer. */
    List<Instance> describe(Collection<InstanceId> ids);

    /**
     * An instance as EC2 describes it.
     *
     * @param state {@code pending}, {@code running}, {@code shutting-down}, {@code terminated}, {@code stopping}, {@code stopped}
     * @param privateIpAddress empty when it has none
     * @param stateReason why its state changed last, in AWS's words, for example {@code Server.SpotInstanceTermination: Spot
     *     instance termination}; empty when AWS says nothing
     */
    record Instance(
            InstanceId id,
            AmiId ami,
            String state,
            Instant launchedAt,
            String privateIpAddress,
            String privateDnsName,
            String publicIpAddress,
            String stateReason) {}
}
