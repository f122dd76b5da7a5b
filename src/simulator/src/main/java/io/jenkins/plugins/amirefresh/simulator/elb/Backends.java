package io.jenkins.plugins.amirefresh.simulator.elb;

import io.jenkins.plugins.amirefresh.simulator.behavior.Conduct;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.util.Optional;

/** What a load balancer needs of EC2. */
public interface Backends {

    /** Whether there is such an instance, in whatever state. */
    boolean exists(AccountRegion at, String instanceId);

    /** What a running instance does; empty when it is not pending or running. */
    Optional<Conduct> conduct(AccountRegion at, String instanceId);

    /** A VPC of the place, for target groups that name none in an account file. */
    Optional<String> anyVpc(AccountRegion at);
}
