package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A day of an account in which each group of five instances is refreshed once, in virtual time and in process. See
 * docs/benchmarks.md for the command and the figures.
 */
@Tag("benchmark")
class DayOfRefreshesBenchmark {

    private static final String VPC =
            """
                      - name: vpc-%1$d
                        cidr: 10.%1$d.0.0/16
                        subnets:
                          - {name: a-%1$d, zone: eu-west-1a, cidr: 10.%1$d.0.0/18}
                          - {name: b-%1$d, zone: eu-west-1b, cidr: 10.%1$d.64.0/18}
                          - {name: c-%1$d, zone: eu-west-1c, cidr: 10.%1$d.128.0/18}
            """;

    private static final String TARGET_GROUPS =
            """
                      - {name: "web-%1$d-{n}", count: %2$d, vpc: vpc-%1$d, loadBalancer: "web-%1$d-{n}", healthCheckInterval: 10, deregistrationDelay: 60}
            """;

    private static final String GROUPS =
            """
                      - name: web-%1$d-{n}
                        count: %2$d
                        launchTemplate: web
                        version: "1"
                        min: 5
                        desired: 5
                        max: 10
                        subnets: [a-%1$d, b-%1$d, c-%1$d]
                        targetGroups: ["web-%1$d-{n}"]
                        healthCheckType: ELB
                        healthCheckGracePeriod: 2m
            """;

    private static final int VPCS = 10;

    private static final Caller CALLER =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/benchmark", "AKIDBENCHMARK");

    /** @param allocated MB in all, which other programs on the machine do not change */
    private record Cost(long millis, long megabytes, long allocated) {}

    @Test
    void aThousandGroups() {
        Cost cost = day(1_000);

        assertThat(cost.millis()).as("milliseconds").isLessThan(10_000);
        assertThat(cost.megabytes()).as("MB beyond the JVM's start").isLessThan(500);
    }

    @Test
    void costGrowsWithTheNumberOfGroups() {
        // given: a warm JVM
        day(1_000);

        // when
        day(100);
        Cost thousand = day(1_000);
        Cost tenThousand = day(10_000);

        // then
        assertThat(tenThousand.allocated())
                .as("work for ten times the groups")
                .isLessThan(21 * thousand.allocated() / 2);
        assertThat(tenThousand.millis()).as("time for it").isLessThan(15 * Math.max(1, thousand.millis()));
    }

    private static Cost day(int groups) {
        long used = usedMegabytes();
        long began = cpuNanos();
        long allocatedBefore = allocated();
        long clock = System.nanoTime();
        Simulator simulator = Simulator.of(new AccountReader().read("benchmark.yaml", account(groups)));
        Instant start = simulator.now();
        Duration step = Duration.ofHours(20).dividedBy(groups);
        for (int group = 1; group <= groups; group++) {
            simulator.advanceTo(start.plus(step.multipliedBy(group)));
            simulator.call("autoscaling", "StartInstanceRefresh", refresh(group), CALLER);
        }
        simulator.advanceTo(start.plus(Duration.ofDays(1)));
        long millis = (cpuNanos() - began) / 1_000_000;
        long wall = (System.nanoTime() - clock) / 1_000_000;
        long work = (allocated() - allocatedBefore) / (1024 * 1024);
        Cost cost = new Cost(millis, usedMegabytes() - used, work);
        for (int group = 1; group <= groups; group++) {
            ObjectNode input = EchoService.node().put("AutoScalingGroupName", name(group));
            assertThat(simulator
                            .call("autoscaling", "DescribeInstanceRefreshes", input, CALLER)
                            .at("/InstanceRefreshes/0/Status")
                            .asText())
                    .isEqualTo("Successful");
        }
        System.out.println(groups + " groups, " + 5 * groups + " instances: " + cost.millis() + " ms (" + wall
                + " on the wall), " + cost.megabytes() + " MB, " + cost.allocated() + " MB allocated, "
                + simulator.effects().size() + " effects");
        return cost;
    }

    /** Of this thread, which does all the work: other programs on the machine do not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / (1024 * 1024);
    }

    private static String name(int group) {
        return "web-" + group % VPCS + "-" + (1 + (group - 1) / VPCS);
    }

    private static ObjectNode refresh(int group) {
        ObjectNode input = EchoService.node().put("AutoScalingGroupName", name(group));
        input.putObject("DesiredConfiguration")
                .putObject("LaunchTemplate")
                .put("LaunchTemplateName", "web")
                .put("Version", "2");
        input.putObject("Preferences").put("MinHealthyPercentage", 90).put("InstanceWarmup", 60);
        return input;
    }

    /** A VPC holds 65,536 addresses at most, so the groups are spread over several. */
    private static String account(int groups) {
        StringBuilder vpcs = new StringBuilder();
        StringBuilder targetGroups = new StringBuilder();
        StringBuilder autoScalingGroups = new StringBuilder();
        for (int vpc = 0; vpc < VPCS; vpc++) {
            vpcs.append(VPC.formatted(vpc));
            targetGroups.append(TARGET_GROUPS.formatted(vpc, groups / VPCS));
            autoScalingGroups.append(GROUPS.formatted(vpc, groups / VPCS));
        }
        return """
                start: 2026-11-22T00:00:00Z
                seed: 1
                accounts:
                  - id: "111111111111"
                    regions:
                      - name: eu-west-1
                        images: [{name: web-1}, {name: web-2}]
                        launchTemplates:
                          - name: web
                            versions: [{image: web-1}, {image: web-2}]
                        vpcs:
                %s        targetGroups:
                %s        autoScalingGroups:
                %s"""
                .formatted(vpcs, targetGroups, autoScalingGroups);
    }
}
