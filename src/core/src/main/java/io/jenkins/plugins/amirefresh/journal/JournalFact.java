package io.jenkins.plugins.amirefresh.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can happen in a run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalFact.AmiBuilt.class, name = "ami-built"),
    @JsonSubTypes.Type(value = JournalFact.AmiMarkedBad.class, name = "ami-marked-bad"),
    @JsonSubTypes.Type(value = JournalFact.AmiMarkWithdrawn.class, name = "ami-mark-withdrawn"),
    @JsonSubTypes.Type(value = JournalFact.TemplateUpdated.class, name = "template-updated"),
    @JsonSubTypes.Type(value = JournalFact.TemplatePlanned.class, name = "template-planned"),
    @JsonSubTypes.Type(value = JournalFact.TemplateRefused.class, name = "template-refused"),
    @JsonSubTypes.Type(value = JournalFact.GroupPinned.class, name = "group-pinned"),
    @JsonSubTypes.Type(value = JournalFact.PinRefused.class, name = "pin-refused"),
    @JsonSubTypes.Type(value = JournalFact.DefaultMoved.class, name = "default-moved"),
    @JsonSubTypes.Type(value = JournalFact.RefreshStarted.class, name = "refresh-started"),
    @JsonSubTypes.Type(value = JournalFact.GroupEnded.class, name = "group-ended"),
    @JsonSubTypes.Type(value = JournalFact.GroupTested.class, name = "group-tested"),
    @JsonSubTypes.Type(value = JournalFact.ApprovalAsked.class, name = "approval-asked"),
    @JsonSubTypes.Type(value = JournalFact.ApprovalAnswered.class, name = "approval-answered"),
    @JsonSubTypes.Type(value = JournalFact.GroupEstimated.class, name = "group-estimated"),
    @JsonSubTypes.Type(value = JournalFact.HoldReleased.class, name = "hold-released"),
    @JsonSubTypes.Type(value = JournalFact.GroupPlanned.class, name = "group-planned"),
    @JsonSubTypes.Type(value = JournalFact.PlanMade.class, name = "plan-made"),
    @JsonSubTypes.Type(value = JournalFact.OldVersionAsked.class, name = "old-version-asked"),
    @JsonSubTypes.Type(value = JournalFact.GroupsChosen.class, name = "groups-chosen"),
    @JsonSubTypes.Type(value = JournalFact.PlaceUnreadable.class, name = "place-unreadable"),
    @JsonSubTypes.Type(value = JournalFact.WorkDone.class, name = "work-done"),
    @JsonSubTypes.Type(value = JournalFact.Note.class, name = "note"),
    @JsonSubTypes.Type(value = JournalFact.RunOpened.class, name = "run-opened"),
    @JsonSubTypes.Type(value = JournalFact.GroupListed.class, name = "group-listed"),
    @JsonSubTypes.Type(value = JournalFact.GroupSaid.class, name = "group-said"),
    @JsonSubTypes.Type(value = JournalFact.GroupSeen.class, name = "group-seen"),
    @JsonSubTypes.Type(value = JournalFact.CallMade.class, name = "call-made"),
})
public sealed interface JournalFact {

    /** An image this run uses, one per region and architecture. */
    record AmiBuilt(ImageFamily family, List<RegionalAmi> amis, String buildKey, boolean reused)
            implements JournalFact {
        /** Copies the list. */
        public AmiBuilt {
            amis = List.copyOf(amis);
        }
    }

    /** Where an image is. */
    record RegionalAmi(AwsRegion region, String architecture, AmiId ami) {}

    /** An image failed in a group and is never used again. */
    record AmiMarkedBad(AmiId ami, ImageFamily family, GroupKey group, String reason) implements JournalFact {}

    /** The group's older version failed alike, so the AMI is not to blame; other groups' marks stand. */
    record AmiMarkWithdrawn(AmiId ami, GroupKey group, String reason) implements JournalFact {}

    /**
     * A launch template was looked at.
     *
     * @param from the version copied from
     * @param to the version with the wanted AMI; one that was there before when nothing changed
     * @param choice how its AMI was chosen; null in records of older versions
     * @param names how the groups that it is for name versions, {@code 3} or {@code $Default}; empty or null for all
     */
    record TemplateUpdated(
            AccountId account,
            AwsRegion region,
            LaunchTemplateId template,
            LaunchTemplateName name,
            ImageFamily family,
            LaunchTemplateVersion from,
            LaunchTemplateVersion to,
            LaunchTemplateVersion previousDefault,
            AmiId ami,
            boolean changed,
            String why,
            @Nullable AmiChoice choice,
            @Nullable List<String> names)
            implements JournalFact {}

    /**
     * How the AMI of a launch template was chosen.
     *
     * @param byName somebody gave its id
     * @param note what its users have to know of it, empty for nothing
     * @param byArchitecture the AMIs of the template's family in its region
     */
    record AmiChoice(boolean byName, String note, Map<String, AmiId> byArchitecture) {

        /** Nobody named it, and nothing is to be said. */
        public static final AmiChoice NONE = new AmiChoice(false, "", Map.of());

        /** Copies the map. */
        public AmiChoice {
            byArchitecture = Map.copyOf(byArchitecture);
        }
    }

    /**
     * A dry run looked at a launch template: what later steps of the dry run plan with.
     *
     * @param from the version that would be copied
     * @param to the version that would be made; equal to {@code from} when nothing would change
     * @param ami null when it is not built yet
     * @param choice how its AMI was chosen; null in records of older versions
     * @param names how the groups that it is for name versions, {@code 3} or {@code $Default}; empty or null for all
     */
    record TemplatePlanned(
            AccountId account,
            AwsRegion region,
            LaunchTemplateId template,
            ImageFamily family,
            LaunchTemplateVersion from,
            LaunchTemplateVersion to,
            @Nullable AmiId ami,
            @Nullable AmiChoice choice,
            @Nullable List<String> names)
            implements JournalFact {}

    /**
     * A launch template may not be changed, so none of its groups is brought to anything.
     *
     * @param latest its latest version
     * @param isPlanned a dry run found so
     * @param names how the groups that it is for name versions, {@code 3} or {@code $Default}; empty or null for all
     */
    record TemplateRefused(
            AccountId account,
            AwsRegion region,
            LaunchTemplateId template,
            LaunchTemplateName name,
            ImageFamily family,
            LaunchTemplateVersion latest,
            String why,
            boolean isPlanned,
            @Nullable List<String> names)
            implements JournalFact {}

    /**
     * A group that named an alias was pinned to the number it resolved to, so that nothing changes before its window.
     *
     * @param was how it named the version of its own template
     * @param overrides how overrides named the versions of theirs, of those that were pinned
     * @param source where it launches from since then; null in a record of an older version
     */
    record GroupPinned(
            GroupKey group,
            VersionReference was,
            LaunchTemplateVersion to,
            Map<LaunchTemplateId, VersionReference> overrides,
            @Nullable LaunchSource source)
            implements JournalFact {

        /** Copies the map; records of older versions know no overrides. */
        public GroupPinned {
            overrides = overrides == null ? Map.of() : Map.copyOf(overrides);
        }
    }

    /** AWS refused to have a group pinned: it names what it named. */
    record PinRefused(GroupKey group) implements JournalFact {}

    /**
     * A launch template's default version is about to be moved, or has been.
     *
     * @param group for which; the template is in its account and region
     * @param isMade AWS confirmed it: a default that is {@code from} after that was moved back by others
     */
    record DefaultMoved(
            GroupKey group,
            LaunchTemplateId template,
            LaunchTemplateVersion from,
            LaunchTemplateVersion to,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isMade)
            implements JournalFact {

        /** The other is the same move, for this or another group, and AWS confirmed it. */
        public boolean isMadeBy(DefaultMoved other) {
            return other.isMade && other.template.equals(template) && other.to.equals(to);
        }

        /** The same once AWS confirmed it. */
        public DefaultMoved asMade() {
            return new DefaultMoved(group, template, from, to, true);
        }
    }

    /** A group is about to be changed; every rollback reads only this, or the group's tag with the same content. */
    record RefreshStarted(RefreshRecord record) implements JournalFact {}

    /**
     * A group's row in a step's result; the last one of a group counts.
     *
     * @param gone the group was deleted while it was at work, so nothing that was said of it is true any more
     * @param canary new instances that stood their watch, of a group that is left after it; null else, and in older journals
     * @param left what it holds of the image that it was brought to, when that did not come to its end; null as above
     */
    record GroupEnded(
            GroupResult result,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean gone,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<InstanceId> canary,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LeftOn left)
            implements JournalFact {
        /** Of a group that is there. */
        public GroupEnded(GroupResult result) {
            this(result, false, null, null);
        }
    }

    /**
     * A smoke test's verdict on a group.
     *
     * @param asked the test, when the step that refreshed the group made it; null for a test of its own
     */
    record GroupTested(GroupKey group, SmokeTestVerdict verdict, List<CheckResult> checks, @Nullable String asked)
            implements JournalFact {
        /** Copies the list. */
        public GroupTested {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Somebody lets later waves go on in spite of a group.
     *
     * @param hold what held them, for people
     * @param by who or what started the build that did
     */
    record HoldReleased(GroupKey group, String hold, String reason, String by) implements JournalFact {}

    /** What the dry run of a step would do with a group. */
    record GroupPlanned(String step, PlannedGroup planned) implements JournalFact {}

    /** The dry run of a step is complete; the hash is of all that somebody agrees to who agrees to it. */
    record PlanMade(String step, String hash) implements JournalFact {}

    /** The checks of a group were asked of its old version, before the first instance was replaced. */
    record OldVersionAsked(GroupKey group, List<Answer> answers) implements JournalFact {
        /** Copies the list. */
        public OldVersionAsked {
            answers = List.copyOf(answers);
        }

        /**
         * What came back.
         *
         * @param question the same for checks that ask the same
         * @param subject the instance that was asked
         * @param kind {@code PASSED}, {@code FAILED}, ... as the checks call it
         * @param answer in a word or two, for comparing
         * @param message for people
         */
        public record Answer(String question, String subject, String kind, String answer, String message) {}
    }

    /**
     * A step that refreshes chose its groups; an empty list chooses all.
     *
     * @param namesGroups it asked for single groups, by name or by tags
     * @param isDryRun it only planned, so nobody is left behind yet
     * @param leftOut groups of this run's families that it is not about
     */
    record GroupsChosen(
            List<String> environments,
            List<String> onlyEnvironments,
            List<String> families,
            boolean namesGroups,
            boolean isDryRun,
            List<LeftOut> leftOut)
            implements JournalFact {
        /** Copies the lists. */
        public GroupsChosen {
            environments = List.copyOf(environments);
            onlyEnvironments = List.copyOf(onlyEnvironments);
            families = List.copyOf(families);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * A group that a step was not about.
     *
     * @param toVersion what it would have been brought to
     * @param excluded an {@code exclude...} parameter left it out
     * @param pin that it stays pinned, in words; empty when it is not
     */
    record LeftOut(GroupKey group, String environment, String family, long toVersion, boolean excluded, String pin) {}

    /**
     * A step could not read an account in a region and went on with the others.
     *
     * @param place {@code self in eu-west-1}, or the role's ARN instead of {@code self}
     * @param reason AWS's own words
     */
    record PlaceUnreadable(String place, String reason) implements JournalFact {}

    /**
     * What a step did beside the refresh of groups: services of ECS, instances and groups by their schedules.
     *
     * @param summary one line about all
     */
    record WorkDone(String step, List<WorkRow> rows, String summary) implements JournalFact {
        /** Copies the list. */
        public WorkDone {
            rows = List.copyOf(rows);
        }
    }

    /** People are asked whether these groups may start, until {@code expiresAt} if given; without submitters, who may build answers. */
    record ApprovalAsked(
            String key,
            String id,
            String message,
            List<String> submitters,
            List<String> evidence,
            List<GroupKey> groups,
            @Nullable Instant expiresAt)
            implements JournalFact {}

    /** Somebody answered. */
    record ApprovalAnswered(String key, boolean isApproved, String by, String reason) implements JournalFact {}

    /** How long a refresh that begins now should take, and when its window closes, if it has one. */
    record GroupEstimated(GroupKey group, int batches, long seconds, String basis, @Nullable Instant windowEnd)
            implements JournalFact {}

    /** A line for people that belongs to the run: why something waited, was refused, was posted. */
    record Note(String subject, String message) implements JournalFact {}

    /**
     * A build opened this record, as the first or after another whose stages it takes over.
     *
     * @param cause who or what started the build
     */
    record RunOpened(String runId, String jobName, int buildNumber, String buildUrl, String cause)
            implements JournalFact {}

    /**
     * A group is in the scope of a step that refreshes, so a row will follow.
     *
     * @param wave the wave that has it, empty without waves
     * @param toVersion what it is to be brought to
     */
    record GroupListed(GroupKey group, String environment, String family, String wave, long toVersion)
            implements JournalFact {}

    /**
     * What is so of a group from now on, in words: what it waits for, or what is done to it and why.
     *
     * @param changes what is changed in this tick, {@code maximum 4 to 5}; null for nothing
     * @param until when its window opens; null when that is not what it waits for
     */
    record GroupSaid(GroupKey group, String line, @Nullable List<String> changes, @Nullable Instant until)
            implements JournalFact {}

    /**
     * How a group stood at one look; written down when it differs from the look before.
     *
     * @param outdated instances in service and healthy to the group that are to be replaced
     * @param updated the same on the wanted version
     * @param serving all that are healthy to its load balancers as well
     * @param floor healthy instances that are to stay in service
     */
    record GroupSeen(GroupKey group, int min, int desired, int max, int outdated, int updated, int serving, int floor)
            implements JournalFact {}

    /**
     * AWS was asked to change something.
     *
     * @param account null when it was not known yet
     * @param resource what it was about, a group's name or an instance id for one
     * @param requestId AWS's own, empty when nothing came back
     * @param error AWS's refusal in one line, null when it did as asked
     */
    record CallMade(
            @Nullable AccountId account,
            AwsRegion region,
            String operation,
            String resource,
            String requestId,
            @Nullable String error)
            implements JournalFact {}
}
