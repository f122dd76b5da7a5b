package io.jenkins.plugins.amirefresh.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.amirefresh.journal.CheckResult;
import io.jenkins.plugins.amirefresh.journal.GroupHistory;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.journal.WorkRow;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as {@code report.json} tells it. The order of the fields is part of the format.
 *
 * @param schemaVersion raised when a reader of the older format would misread it
 * @param result {@code SUCCESS}, {@code UNSTABLE}, {@code FAILURE} or {@code ABORTED}; {@link #RUNNING} until the build ended
 * @param endedAt when the report was written
 * @param groups one row a group, in the order of their windows
 * @param verdict what the groups and the build itself make of the result up to now: a result, a colon and the reason
 * @param others what steps did beside the refresh of groups, in the order in which it ended
 * @param deeds that in a line, with images, templates and tests of a run that has no row of a group
 * @param open groups in scope that have no row yet: first those at work, then as their windows open
 * @param record what it was made from
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RunReport(
        int schemaVersion,
        String result,
        Instant startedAt,
        Instant endedAt,
        List<Image> amis,
        List<Row> groups,
        Measurements.Calls calls,
        Run run,
        List<Template> templates,
        List<Unreadable> unreadable,
        String verdict,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Work> others,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String deeds,
        List<Open> open,
        Reading record) {

    /** The result of a build that has not ended: nobody may take what went well so far for a good end. */
    public static final String RUNNING = "RUNNING";

    /** The format written here. */
    public static final int SCHEMA_VERSION = 1;

    /** Copies the lists. */
    public RunReport {
        amis = List.copyOf(amis);
        groups = List.copyOf(groups);
        templates = List.copyOf(templates);
        unreadable = List.copyOf(unreadable);
        others = List.copyOf(others);
        open = List.copyOf(open);
    }

    /** The same, made from this record. */
    public RunReport madeFrom(Reading newRecord) {
        return new RunReport(
                schemaVersion,
                result,
                startedAt,
                endedAt,
                amis,
                groups,
                calls,
                run,
                templates,
                unreadable,
                verdict,
                others,
                deeds,
                open,
                newRecord);
    }

    /** The build has not ended. */
    @JsonIgnore
    public boolean isRunning() {
        return result.equals(RUNNING);
    }

    /** What is not as it should be of what steps did beside the refresh of groups. */
    public List<WorkRow> othersTrouble() {
        return lastOthers().stream().filter(WorkRow::needsLook).toList();
    }

    /** Each that steps did something about beside the refresh of groups, as it was told of last. */
    public List<WorkRow> lastOthers() {
        return WorkRow.last(others.stream().flatMap(work -> work.rows().stream()));
    }

    /** Steps did something beside the refresh of groups, or looked whether they had to. */
    public boolean didOther() {
        return !others.isEmpty();
    }

    /** The groups that ended so. */
    public long count(GroupOutcome outcome) {
        return groups.stream().filter(row -> row.outcome() == outcome).count();
    }

    /** Which build it was. */
    public record Run(String id, String jobName, int buildNumber, String buildUrl, String cause) {}

    /**
     * An image the run used.
     *
     * @param reused an earlier run built it
     * @param markedBad why it is never used again, empty while it is good
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Image(
            ImageFamily family, AwsRegion region, String architecture, AmiId ami, boolean reused, String markedBad) {}

    /**
     * An account and region that a step could not read.
     *
     * @param place {@code self in eu-west-1}, or the role's ARN instead of {@code self}
     */
    public record Unreadable(String place, String reason) {}

    /** Services, and instances and groups by their schedules, as one step left them. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Work(String step, String summary, List<WorkRow> rows) {
        /** Copies the list. */
        public Work {
            rows = List.copyOf(rows);
        }
    }

    /** A launch template the run looked at. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Template(
            String account,
            String region,
            String launchTemplateId,
            String launchTemplateName,
            String family,
            long fromVersion,
            long toVersion,
            AmiId ami,
            boolean changed,
            String why) {}

    /**
     * The run's record as it was read.
     *
     * @param lines 0 when nobody looked at the file
     * @param head the hash of its last line, empty when nobody looked
     * @param problems lines that are missing, cut or not as they were written
     */
    public record Reading(int lines, String head, List<String> problems) {

        /** Nobody looked at the file. */
        public static final Reading UNKNOWN = new Reading(0, "", List.of());

        /** Copies the list. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * A group in scope without a row yet.
     *
     * @param atWork it is being changed; else it waits
     * @param line what is so of it, in words
     * @param since since when
     * @param opensAt when its window opens, null when that is not what it waits for
     * @param percent how much of it is on the wanted version, 0-100; null while it waits
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Open(
            String account,
            String region,
            String autoScalingGroupName,
            String environment,
            String family,
            String wave,
            boolean atWork,
            String line,
            Instant since,
            @Nullable Instant opensAt,
            @Nullable Integer percent) {}

    /**
     * What became of a group.
     *
     * @param fromVersion 0 when unknown
     * @param toVersion 0 when unknown
     * @param floor healthy capacity that parameters and tags promised to keep, in units of a weighted group
     * @param lowestHealthy the least healthy capacity in service while it was changed, in the same units, null when nobody watched
     * @param tests the last smoke test's verdict, null without one
     * @param wave the wave that had it, empty without waves
     * @param fromAmi what it launched before, null when unknown
     * @param toAmi what it was to launch, null when unknown
     * @param estimateSeconds how long it was to take from when it last began, null when it did not begin
     * @param estimateBasis where that number came from, empty as there
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Row(
            String account,
            String region,
            String autoScalingGroupName,
            String environment,
            String family,
            String strategy,
            GroupOutcome outcome,
            String reason,
            long fromVersion,
            long toVersion,
            @Nullable Instant windowStart,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            int floor,
            @Nullable Integer lowestHealthy,
            @Nullable SmokeTestVerdict tests,
            List<CheckResult> checks,
            List<GroupHistory.Moment> moments,
            String wave,
            @Nullable AmiId fromAmi,
            @Nullable AmiId toAmi,
            @Nullable Long estimateSeconds,
            String estimateBasis) {

        /** Copies the lists. */
        public Row {
            checks = List.copyOf(checks);
            moments = List.copyOf(moments);
        }

        /** Name, account and region. */
        public GroupKey key() {
            return GroupKey.parse(account + "/" + region + "/" + autoScalingGroupName);
        }

        /** Something was changed in it. */
        public boolean wasTouched() {
            return outcome.saysWhatWasDone();
        }
    }

    /** How many groups ended in each way, in the order of the words. */
    public Map<GroupOutcome, Long> counts() {
        Map<GroupOutcome, Long> counts = new EnumMap<>(GroupOutcome.class);
        for (GroupOutcome outcome : GroupOutcome.values()) {
            counts.put(outcome, count(outcome));
        }
        return counts;
    }
}
