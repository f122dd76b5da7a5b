package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One day of many groups of five, each refreshed once: what it costs and how that grows. */
@Tag("benchmark")
class ManyGroupsBenchmark {

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 4_000})
    void refreshEachOnceInADay(int count) {
        Rig rig = new Rig();
        String arn = rig.targetGroup();
        long before = System.nanoTime();
        for (int i = 0; i < count; i++) {
            rig.call(
                    "CreateAutoScalingGroup",
                    "{'AutoScalingGroupName':'g%s','MinSize':0,'MaxSize':10,'DesiredCapacity':5,'LaunchTemplate':"
                            + "{'LaunchTemplateName':'web','Version':'1'},'VPCZoneIdentifier':'subnet-a,subnet-b',"
                            + "'HealthCheckType':'ELB','HealthCheckGracePeriod':120,'TargetGroupARNs':['%s']}",
                    i,
                    arn);
        }
        rig.passMinutes(10);
        for (int i = 0; i < count; i++) {
            rig.pass(Duration.ofHours(20).dividedBy(count));
            rig.call(
                    "StartInstanceRefresh",
                    "{'AutoScalingGroupName':'g%s','DesiredConfiguration':{'LaunchTemplate':"
                            + "{'LaunchTemplateName':'web','Version':'2'}}}",
                    i);
        }
        rig.pass(Duration.ofHours(4));
        long millis = (System.nanoTime() - before) / 1_000_000;
        System.out.println(count + " groups: " + millis + " ms");
        for (int i = 0; i < count; i++) {
            assertThat(rig.call("DescribeInstanceRefreshes", "{'AutoScalingGroupName':'g%s'}", i)
                            .path("InstanceRefreshes")
                            .path(0)
                            .path("Status")
                            .asText())
                    .isEqualTo("Successful");
        }
        assertThat(millis).isLessThan(10L * Math.max(1_000, count));
    }
}
