package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * The step itself against an account of 2,000 instances and 300 groups, each quarter hour of a month in which the clocks
 * change in New York (8 March 2026) and in London (29 March): the whole of it, SDK, wire and simulated AWS included.
 */
@Tag("benchmark")
class PowerMonthBenchmarkTest {

    private static final int DAYS = Integer.getInteger("power.days", 31);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** Kinds of schedules: who begins and ends when, on which clock. */
    private record Kind(String name, ZoneId zone, LocalTime start, LocalTime stop) {

        String document() {
            return "{\"start\":\"" + start.getMinute() + " " + start.getHour() + " * * 1-5\",\"stop\":\""
                    + stop.getMinute() + " " + stop.getHour() + " * * 1-5\",\"zone\":\"" + zone + "\"}";
        }

        boolean isOf(JsonNode called) {
            return called.asText().startsWith(name);
        }

        /** By its clock on the wall, without any cron. */
        boolean isAwake(Instant moment) {
            ZonedDateTime shown = moment.atZone(zone);
            boolean isWorkday = shown.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
            LocalTime time = shown.toLocalTime();
            return isWorkday && !time.isBefore(start) && time.isBefore(stop);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("london", ZoneId.of("Europe/London"), LocalTime.of(8, 0), LocalTime.of(17, 45)),
            new Kind("york", ZoneId.of("America/New_York"), LocalTime.of(7, 30), LocalTime.of(19, 0)),
            new Kind("kolkata", ZoneId.of("Asia/Kolkata"), LocalTime.of(9, 0), LocalTime.of(18, 30)),
            new Kind("utc", ZoneId.of("UTC"), LocalTime.of(6, 15), LocalTime.of(22, 0)));

    @TempDir
    private Path folder;

    private static String account() {
        StringBuilder yaml = new StringBuilder("start: \"" + START + "\"\n"
                + "seed: 3\n"
                + "accounts:\n"
                + "  - id: \"111111111111\"\n"
                + "    regions:\n"
                + "      - name: eu-west-1\n"
                + "        images: [{name: app-1}]\n"
                + "        launchTemplates:\n"
                + "          - {name: web, versions: [{image: app-1}]}\n"
                + "        autoScalingGroups:\n");
        for (Kind kind : KINDS) {
            yaml.append("          - {name: \"" + kind.name()
                    + "-{n}\", count: 75, launchTemplate: web, min: 1, desired: 2, max: 4,"
                    + " tags: {Environment: dev, asgLifecycle: '" + kind.document() + "'}}\n");
        }
        yaml.append("        instances:\n");
        for (Kind kind : KINDS) {
            yaml.append("          - {name: \"" + kind.name()
                    + "-vm-{n}\", count: 500, image: app-1, tags: {environment: dev," + " ec2Powercycle: '"
                    + kind.document() + "'}}\n");
        }
        return yaml.toString();
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Of this thread, on which the step and the simulator take turns. */
    private static long threadCpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** What the simulated AWS spends on calls, and how many there are: a real one is elsewhere. */
    private static final class Calls implements MortalHttpClient.Watcher {
        private final Map<String, Long> counts = new TreeMap<>();
        private long begun;
        private long spent;

        @Override
        public void sending(MortalHttpClient.Call call) {
            counts.merge(call.operation(), 1L, Long::sum);
            begun = threadCpu();
        }

        @Override
        public void sent(MortalHttpClient.Call call, int status) {
            spent += threadCpu() - begun;
        }
    }

    /** What runs of one kind cost. */
    private static final class Cost {
        private int runs;
        private long spent;

        void add(long nanos) {
            runs++;
            spent += nanos;
        }

        double milliseconds() {
            return runs == 0 ? 0 : spent / 1e6 / runs;
        }

        @Override
        public String toString() {
            return String.format("%.1f s, %d times %.1f ms", spent / 1e9, runs, milliseconds());
        }
    }

    /** The whole fleet described with the SDK alone, and nothing done with it. */
    private static final class Bare {
        private final Calls calls = new Calls();
        private final Cost cost = new Cost();
        private final Ec2Client ec2;
        private final AutoScalingClient autoScaling;

        Bare(Simulator simulator) {
            MortalHttpClient http = new MortalHttpClient(simulator.sdkHttpClient());
            http.watchedBy(calls);
            var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("scenario", "scenario"));
            ec2 = Ec2Client.builder()
                    .httpClient(http)
                    .region(Region.EU_WEST_1)
                    .credentialsProvider(keys)
                    .build();
            autoScaling = AutoScalingClient.builder()
                    .httpClient(http)
                    .region(Region.EU_WEST_1)
                    .credentialsProvider(keys)
                    .build();
        }

        void describe() {
            Filter scheduled = Filter.builder()
                    .name("tag-key")
                    .values("asgLifecycle", "ec2Powercycle")
                    .build();
            long before = threadCpu() - calls.spent;
            long instances = ec2
                    .describeInstancesPaginator(
                            request -> request.maxResults(1000).filters(scheduled))
                    .reservations()
                    .stream()
                    .mapToLong(reservation -> reservation.instances().size())
                    .sum();
            long groups =
                    autoScaling
                            .describeAutoScalingGroupsPaginator(request -> request.maxRecords(100))
                            .autoScalingGroups()
                            .stream()
                            .count();
            cost.add(threadCpu() - calls.spent - before);
            assertThat(instances + groups).isEqualTo(2300);
        }
    }

    /** Whose the CPU was. */
    private static final class Bill {
        private final Calls calls = new Calls();
        private final Cost quiet = new Cost();
        private final Cost busy = new Cost();
        private final Bare bare;
        private long passing;
        private long judging;

        Bill(Simulator simulator) {
            bare = new Bare(simulator);
        }

        @Override
        public String toString() {
            return String.format(
                    "step where nothing was due %s, where something was %s, simulated AWS %.1f s, looks of this test %.1f s;"
                            + " bare listing %s, a quiet run is %.2f of it; calls %s",
                    quiet,
                    busy,
                    (passing + calls.spent + bare.calls.spent) / 1e9,
                    judging / 1e9,
                    bare.cost,
                    quiet.milliseconds() / bare.cost.milliseconds(),
                    calls.counts);
        }
    }

    @Test
    void whenAMonthPasses_thenStatesAreRightAtEachQuarterHourAndSizesComeBack() {
        // given
        Simulator simulator = Simulator.of(new AccountReader().read("month", account()));
        Scenario build = Scenario.on(simulator, folder);
        Bill bill = new Bill(simulator);
        int runs = 0;
        long begun = cpu();

        for (Instant quarter = START;
                quarter.isBefore(START.plus(Duration.ofDays(DAYS)));
                quarter = quarter.plus(QUARTER)) {
            // when
            long start = threadCpu();
            if (simulator.now().isBefore(quarter)) {
                simulator.advanceTo(quarter);
            }
            long run = threadCpu();
            long answered = bill.calls.spent;
            long[] waited = {0};
            build = build.nextBuild("power-" + runs++).watchedBy(bill.calls).passingTimeBy(moment -> {
                long before = threadCpu();
                simulator.advanceTo(moment);
                waited[0] += threadCpu() - before;
            });
            Progress progress = build.run("powerCycle", Map.of());
            long end = threadCpu();
            long spent = end - run - waited[0] - (bill.calls.spent - answered);
            (build.mutating().isEmpty() ? bill.quiet : bill.busy).add(spent);
            bill.passing += run - start + waited[0];

            // then
            assertThat(progress).as("at " + quarter).isInstanceOf(Progress.Done.class);
            check(simulator, quarter);
            bill.judging += threadCpu() - end;
            if (runs % 4 == 0) {
                bill.bare.describe();
            }
        }
        System.out.printf(
                "power month: %d days, %d runs; CPU: process %.1f s, %s%n", DAYS, runs, (cpu() - begun) / 1e9, bill);
    }

    private static void check(Simulator simulator, Instant quarter) {
        JsonNode fleet = simulator.fleet();
        Map<String, String> wrong = new TreeMap<>();
        for (Kind kind : KINDS) {
            boolean isAwake = kind.isAwake(quarter);
            for (JsonNode instance : fleet.path("instances")) {
                String state = instance.path("state").asText();
                if (kind.isOf(instance.path("name")) && !state.equals(isAwake ? "running" : "stopped")) {
                    wrong.put(instance.path("name").asText(), state);
                }
            }
            for (JsonNode group : fleet.path("groups")) {
                String sizes = group.path("min").asInt() + "/" + group.path("desired") + "/" + group.path("max") + " "
                        + group.path("instances").size();
                if (kind.isOf(group.path("autoScalingGroupName")) && !sizes.equals(isAwake ? "1/2/4 2" : "0/0/4 0")) {
                    wrong.put(group.path("autoScalingGroupName").asText(), sizes);
                }
            }
        }
        assertThat(wrong).as("after the run of " + quarter).isEmpty();
    }
}
