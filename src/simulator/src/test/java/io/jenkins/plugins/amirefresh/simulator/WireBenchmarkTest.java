package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a page of 100 groups with 5 instances each costs between the wire and a service. */
@Tag("benchmark")
class WireBenchmarkTest {

    private static ObjectNode page() {
        ObjectNode answer = EchoService.node();
        var groups = answer.putArray("AutoScalingGroups");
        for (int n = 0; n < 100; n++) {
            ObjectNode group = groups.addObject()
                    .put("AutoScalingGroupName", "group-" + n)
                    .put("MinSize", 1)
                    .put("MaxSize", 10)
                    .put("DesiredCapacity", 5)
                    .put("DefaultCooldown", 300)
                    .put("HealthCheckType", "EC2")
                    .put("CreatedTime", "2026-11-22T17:00:00Z");
            group.putArray("AvailabilityZones").add("eu-west-1a");
            var instances = group.putArray("Instances");
            for (int i = 0; i < 5; i++) {
                instances
                        .addObject()
                        .put("InstanceId", "i-0123456789abcde%02d%d".formatted(n, i))
                        .put("AvailabilityZone", "eu-west-1a")
                        .put("LifecycleState", "InService")
                        .put("HealthStatus", "Healthy")
                        .put("ProtectedFromScaleIn", false)
                        .putObject("LaunchTemplate")
                        .put("LaunchTemplateId", "lt-0123456789abcdef0")
                        .put("Version", "3");
            }
        }
        return answer;
    }

    @Test
    void whenAThousandPagesAreAsked_thenTheSimulatorNeedsAboutAMillisecondEach() {
        // given
        ObjectNode page = page();
        var service = new EchoService("autoscaling").doing("DescribeAutoScalingGroups", call -> page);
        Simulator simulator = Simulator.of(Fixtures.account(), (world, file, rules, recorder) -> List.of(service));
        var request = new WireRequest(
                "POST",
                "autoscaling.eu-west-1.amazonaws.com",
                "",
                Map.of(),
                "Action=DescribeAutoScalingGroups&Version=2011-01-01&MaxRecords=100");

        // when
        long start = System.nanoTime();
        for (int n = 0; n < 1000; n++) {
            simulator.handle(request);
        }

        // then
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("1000 pages of 100 groups x 5 instances: " + millis + " ms");
        assertThat(millis).isLessThan(5_000);
    }
}
