package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether EC2 has room for what is to run: by what the account file declares, and by the account's quota. */
final class Room {

    private final VcpuQuota quota;

    Room(InstanceTypes types) {
        this.quota = new VcpuQuota(types);
    }

    /** Lets On-Demand instances that run have so many vCPUs together; 0: any. */
    void limit(int vcpus) {
        quota.set(vcpus);
    }

    /**
     * How many of a launch fit.
     *
     * @throws AwsError as declared, or VcpuLimitExceeded when that is fewer than MinCount
     */
    int within(LaunchPlan plan, Collection<Instance> all) {
        refuseDeclared(plan.behaviour().launchError());
        return quota.within(plan, plan.count(), all);
    }

    /**
     * Refuses a start of stopped instances. Source: EC2 User Guide, "Troubleshoot Amazon EC2 instance launch issues": the
     * errors of a launch come to who starts an instance as well.
     *
     * @throws AwsError as declared, or VcpuLimitExceeded
     */
    void require(List<Instance> stopped, Collection<Instance> all) {
        stopped.forEach(instance -> refuseDeclared(instance.conduct().declared().launchError()));
        quota.requireRoom(stopped, all);
    }

    /** Capacity errors are EC2's own fault and carry HTTP 500. Source: EC2 API Reference, "Error codes", server errors. */
    private static void refuseDeclared(Behaviour.@Nullable ErrorText error) {
        if (error != null) {
            boolean server =
                    error.code().startsWith("Insufficient") && error.code().endsWith("Capacity");
            throw new AwsError(error.code(), server ? 500 : error.status(), error.message());
        }
    }
}
