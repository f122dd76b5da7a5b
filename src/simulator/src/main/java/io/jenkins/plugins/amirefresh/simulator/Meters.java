package io.jenkins.plugins.amirefresh.simulator;

import io.jenkins.plugins.amirefresh.simulator.cloudwatch.Measured;
import io.jenkins.plugins.amirefresh.simulator.ec2.Ec2World;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The numbers of EC2's machines, as the account file declares them. */
record Meters(Ec2World ec2) implements Measured {

    private static final String GROUP_TAG = "aws:autoscaling:groupName";

    @Override
    public List<Double> in(
            AccountRegion at, String namespace, String metric, Map<String, String> dimensions, Instant minute) {
        return ec2.region(at).instances().all().stream()
                .filter(instance -> isMeant(instance, dimensions) && ran(instance, minute))
                .flatMap(instance -> instance.conduct().declared().metrics().stream())
                .filter(value ->
                        value.namespace().equals(namespace) && value.name().equals(metric))
                .map(value -> value.value())
                .toList();
    }

    private static boolean isMeant(Instance instance, Map<String, String> dimensions) {
        String group = instance.tags().get(GROUP_TAG).orElse("");
        return dimensions.equals(Map.of("InstanceId", instance.id()))
                || dimensions.equals(Map.of("AutoScalingGroupName", group));
    }

    private static boolean ran(Instance instance, Instant minute) {
        return !minute.isBefore(instance.conduct().booted())
                && instance.leftAt().map(minute::isBefore).orElse(true);
    }
}
