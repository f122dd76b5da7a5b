package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.behavior.Request;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.util.List;
import java.util.Optional;

/** What a load balancer needs of EC2. */
public interface Backends {

    /** Whether there is such an instance, in whatever state. */
    boolean exists(AccountRegion at, String instanceId);

    /** What a running instance does; empty when it is not pending or running. */
    Optional<Conduct> conduct(AccountRegion at, String instanceId);

    /** What a pending or running instance answers a load balancer now, empty when it is neither. */
    Optional<ProbeAnswer> answer(AccountRegion at, String instanceId, Request request);

    /** Whether security groups let everybody in on a port; empty when nobody has touched any of them. */
    default Optional<Boolean> admit(AccountRegion at, List<String> securityGroupIds, int port) {
        return Optional.empty();
    }

    /** A VPC of the place by its name; the first without one. */
    Optional<String> vpc(AccountRegion at, Optional<String> name);

    /** The subnets of the place, by id. */
    default List<Site> sites(AccountRegion at) {
        return List.of();
    }

    /** The id of the security group that a VPC has by itself. */
    default Optional<String> ownGroup(AccountRegion at, String vpcId) {
        return Optional.empty();
    }

    /**
     * A subnet that a load balancer can stand in.
     *
     * @param isDefault whether it is of the default VPC
     */
    record Site(String subnetId, String zone, String vpcId, boolean isDefault) {}
}
