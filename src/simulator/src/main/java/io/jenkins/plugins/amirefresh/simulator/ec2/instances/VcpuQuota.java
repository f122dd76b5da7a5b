package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;

/** How many vCPUs the On-Demand instances that run may have together; all instance types are of one bucket here. */
final class VcpuQuota {

    private final InstanceTypes types;
    private int most;

    /** Without a quota. */
    VcpuQuota(InstanceTypes types) {
        this.types = types;
    }

    /** From now on; 0: any number. */
    void set(int vcpus) {
        most = vcpus;
    }

    /**
     * As many of a launch as fit.
     *
     * @throws AwsError VcpuLimitExceeded when that is fewer than MinCount. Source: EC2 API Reference, "Error codes"
     */
    int within(LaunchPlan plan, int count, Collection<Instance> all) {
        boolean spot = "spot"
                .equals(plan.parameters()
                        .at("/InstanceMarketOptions/MarketType")
                        .asText());
        if (most == 0 || spot) {
            return count;
        }
        int used = used(all);
        int each = types.named(plan.parameters().path("InstanceType").asText()).vcpus();
        int fitting = Math.min(count, Math.max(0, most - used) / each);
        if (fitting < plan.parameters().path("MinCount").asInt(1)) {
            throw exceeded();
        }
        return fitting;
    }

    /** @throws AwsError VcpuLimitExceeded when these cannot run besides those that do */
    void requireRoom(Collection<Instance> stopped, Collection<Instance> all) {
        int more = stopped.stream()
                .filter(instance -> !instance.isSpot())
                .mapToInt(this::vcpus)
                .sum();
        if (most > 0 && more > 0 && used(all) + more > most) {
            throw exceeded();
        }
    }

    private int used(Collection<Instance> all) {
        return all.stream()
                .filter(instance ->
                        instance.state() == InstanceState.PENDING || instance.state() == InstanceState.RUNNING)
                .filter(instance -> !instance.isSpot())
                .mapToInt(this::vcpus)
                .sum();
    }

    private int vcpus(Instance instance) {
        return types.named(instance.instanceType()).vcpus();
    }

    private AwsError exceeded() {
        return AwsError.client(
                "VcpuLimitExceeded",
                "You have requested more vCPU capacity than your current vCPU limit of " + most
                        + " allows for the instance bucket that the specified instance type belongs to. Please visit"
                        + " http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.");
    }
}
