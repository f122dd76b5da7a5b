package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact.DefaultMoved;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a group back the way it named its versions, when that means the version it is on. A template's default moves only
 * when no other group launches from it any more, and then every group that waited for it gets {@code $Default} back; after a
 * rollback it moves back, unless a group that is proven depends on it. A default that somebody else moved stays. What is left
 * to do is found anew from what AWS shows, so whoever comes after a host that died does the rest.
 */
final class GroupNaming {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String step;
    private final StepHost host;
    private final Cloud cloud;
    private final Fleet fleet;
    private final GroupWork work;
    private final Instant now;

    GroupNaming(String step, StepHost host, Fleet fleet, GroupWork work, Instant now) {
        this.step = step;
        this.host = host;
        this.cloud = FleetWork.cloud(host, work);
        this.fleet = fleet;
        this.work = work;
        this.now = now;
    }

    /**
     * What comes next.
     *
     * @param naming the changes, null to wait or when done
     */
    record Next(boolean isDone, @Nullable Naming naming, String reason) {}

    /**
     * Changes that belong together.
     *
     * @param moves of defaults, before anything is named
     * @param named how the group names its templates again, each meaning the version that it is on
     * @param source what the group launches from then
     */
    record Naming(List<DefaultMoved> moves, List<NamedTemplate> named, LaunchSource source) {}

    /** @param note for the group's row, empty for nothing */
    private record Answer(@Nullable DefaultMoved move, boolean isNamed, String note) {

        static Answer stays(String note) {
            return new Answer(null, false, note);
        }

        static Answer named(String note) {
            return new Answer(null, true, note);
        }
    }

    Next next(GroupObservation group) {
        Instant since = work.referenceSince();
        if (since != null && !group.at().isAfter(since)) {
            return new Next(false, null, "waiting for a read that is newer than the last change");
        }
        List<DefaultMoved> moves = new ArrayList<>();
        List<NamedTemplate> again = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        LaunchSource source = group.launchSource();
        for (NamedTemplate named : NamedTemplate.of(work)) {
            Answer answer = work.isRollback() ? back(named) : forward(named, group);
            if (answer.move() != null) {
                moves.add(answer.move());
            }
            if (answer.isNamed()) {
                source = source.with(named.template(), named.reference());
                again.add(named);
            } else if (isOvertaken(named, source)) {
                source = source.with(named.template(), VersionReference.of(named.wanted()));
            }
            if (!answer.note().isEmpty()) {
                notes.add(answer.note());
            }
        }
        String note = notes.stream().distinct().collect(Collectors.joining("; "));
        boolean isThere = moves.isEmpty() && source.equals(group.launchSource());
        boolean isOverdue = since != null && now.isAfter(since.plus(PATIENCE));
        return isThere || isOverdue
                ? new Next(true, null, note)
                : new Next(false, new Naming(moves, again, source), note.isEmpty() ? "naming its version again" : note);
    }

    /** It names its alias again, which others made mean another version in the same moment. */
    private boolean isOvertaken(NamedTemplate named, LaunchSource source) {
        return !named.isNumbered()
                && source.names(named.template(), named.reference())
                && cloud.launchTemplates()
                        .version(named.template(), named.reference())
                        .filter(meant -> meant.version().equals(named.wanted()))
                        .isEmpty();
    }

    private Answer forward(NamedTemplate named, GroupObservation group) {
        if (named.isNumbered() || group.launchSource().names(named.template(), named.reference())) {
            return Answer.stays("");
        }
        if (namesOtherwise(named, group)) {
            // Others chose it while we were at work, and it means what we brought the group to.
            return Answer.stays("");
        }
        if (!named.isDefault()) {
            return latest(named);
        }
        TemplateDefault current = current(named);
        if (current.is(named.wanted())) {
            return Answer.named(again(named));
        }
        if (current.isOthers()) {
            return Answer.stays("stays on number " + named.wanted() + ", since others moved the default of "
                    + current.name() + " to " + current.text() + " meanwhile, where it is left");
        }
        List<GroupObservation> others = current.others();
        return others.isEmpty()
                ? new Answer(
                        current.moveTo(named.wanted()),
                        true,
                        "the last user of $Default is done, so the default of " + current.name() + " becomes version "
                                + named.wanted())
                : Answer.stays(
                        "stays on the number while " + others.get(0).key().name() + " is on $Default");
    }

    private static boolean namesOtherwise(NamedTemplate named, GroupObservation group) {
        return group.launchSource().templates().stream()
                .anyMatch(use ->
                        use.id().equals(named.template()) && !(use.version() instanceof VersionReference.Numbered));
    }

    private Answer back(NamedTemplate named) {
        TemplateDefault current = current(named);
        if (!current.is(named.bad()) || named.bad().equals(named.wanted())) {
            return settled(named, current);
        }
        Optional<LaunchTemplateVersion> before = current.before(named.bad());
        if (before.isEmpty()) {
            return left(named, current, "which others set");
        }
        Optional<GroupObservation> depending = current.dependingOn(named.bad());
        if (depending.isPresent()) {
            return left(named, current, "which " + depending.get().key().name() + " depends on");
        }
        // Where that version is gone, the one that the group came back to stands for it.
        LaunchTemplateVersion there = cloud.launchTemplates()
                .version(named.template(), VersionReference.of(before.get()))
                .map(LaunchTemplateVersionData::version)
                .orElse(named.wanted());
        return new Answer(
                current.moveTo(there),
                named.isDefault() && there.equals(named.wanted()),
                "the default of " + current.name() + " goes back to version " + there);
    }

    private Answer settled(NamedTemplate named, TemplateDefault current) {
        if (named.isNumbered()) {
            return Answer.stays(moved(named, current));
        }
        if (!named.isDefault()) {
            return latest(named);
        }
        return current.is(named.wanted())
                ? Answer.named(moved(named, current))
                : Answer.stays("stays on number " + named.wanted() + ", since $Default of " + current.name() + " is "
                        + current.text());
    }

    /** What this work did to the default, told again when it is seen to be done. */
    private String moved(NamedTemplate named, TemplateDefault current) {
        return host.journal().history().facts(DefaultMoved.class).stream()
                .filter(move -> move.group().equals(work.group())
                        && move.template().equals(named.template())
                        && move.from().equals(named.bad())
                        && current.is(move.to()))
                .findFirst()
                .map(move -> "the default of " + current.name() + " is version " + move.to()
                        + (move.to().compareTo(move.from()) > 0 ? "" : " again"))
                .orElse("");
    }

    private static Answer left(NamedTemplate named, TemplateDefault current, String why) {
        String stays = "the default of " + current.name() + " stays " + current.text() + ", " + why;
        return Answer.stays(named.isDefault() ? stays + ", so the group stays on number " + named.wanted() : stays);
    }

    private Answer latest(NamedTemplate named) {
        Optional<LaunchTemplateVersion> meant = cloud.launchTemplates()
                .version(named.template(), named.reference())
                .map(LaunchTemplateVersionData::version);
        return meant.filter(named.wanted()::equals).isPresent()
                ? Answer.named(again(named))
                : Answer.stays("stays on number " + named.wanted() + ", since $Latest means "
                        + meant.map(version -> "version " + version).orElse("another version"));
    }

    private static String again(NamedTemplate named) {
        return "the group names " + named.reference().text() + " again, which is version " + named.wanted();
    }

    private TemplateDefault current(NamedTemplate named) {
        return new TemplateDefault(host, fleet, work, named.template(), named.previousDefault());
    }

    /**
     * Makes the changes. That a default moves is written down before. It moves first, so that no group ever launches the
     * old version in between; the group itself comes last, so that those that wait are done when it is seen to be. Answers what
     * its row says of a tag that AWS refused to have removed, empty for nothing.
     */
    String make(Naming naming) {
        for (DefaultMoved move : naming.moves()) {
            // Each time anew: a default that goes to and fro is moved to the same version more than once.
            String key = host.run().stepId() + ":" + work.group() + ":default:" + move.template() + ":" + move.to()
                    + ":" + now;
            if (TemplateDefault.lastMove(host, work, move.template())
                    .filter(move::isMadeBy)
                    .isEmpty()) {
                host.journal().append(new JournalEvent(key, now, step, move));
                cloud.launchTemplates().setDefaultVersion(move.template(), move.to());
            }
            host.journal().append(new JournalEvent(key + ":made", now, step, move.asMade()));
        }
        naming.named().stream().filter(NamedTemplate::isDefault).forEach(this::giveBackToOthers);
        Optional<GroupObservation> group = fleet.group(work.group()).map(LocatedGroup::group);
        if (group.filter(seen -> seen.launchSource().equals(naming.source())).isEmpty()) {
            cloud.autoScalingGroups().setLaunchSource(work.group().name(), naming.source());
        }
        return group.filter(seen -> isNamedAgain(naming)).map(this::unpin).orElse("");
    }

    private boolean isNamedAgain(Naming naming) {
        return naming.named().size()
                == NamedTemplate.of(work).stream()
                        .filter(named -> !named.isNumbered())
                        .count();
    }

    /** A group that a run is at work on is left to that run, which names its version when it is done. */
    private void giveBackToOthers(NamedTemplate named) {
        VersionReference number = VersionReference.of(named.wanted());
        for (LocatedGroup other : fleet.groups()) {
            GroupObservation group = other.group();
            boolean isHere = group.key().account().equals(work.group().account())
                    && group.key().region().equals(work.group().region())
                    && !group.key().equals(work.group());
            boolean waited = RecordTag.of(group)
                    .filter(tag -> tag.reference() instanceof VersionReference.Default)
                    .filter(tag -> tag.template().equals(named.template()))
                    .isPresent();
            boolean isFree = Lease.on(group).stream().noneMatch(lease -> lease.isLive(now));
            if (isHere && waited && isFree && group.launchSource().names(named.template(), number)) {
                cloud.autoScalingGroups()
                        .setLaunchSource(
                                group.key().name(), group.launchSource().with(named.template(), named.reference()));
                String left = unpin(group);
                if (!left.isEmpty()) {
                    host.log(group.key().name() + ": " + left);
                }
            }
        }
    }

    /** A group that has its aliases back is not pinned any more; a tag that says so is told, and means nothing beside them. */
    private String unpin(GroupObservation group) {
        if (!group.tags().containsKey(Pin.TAG)) {
            return "";
        }
        try {
            cloud.autoScalingGroups().removeTags(group.key().name(), Set.of(Pin.TAG));
            return "";
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            return "the tag " + Pin.TAG + " stays, though the group is not pinned any more: " + e.getMessage();
        }
    }
}
