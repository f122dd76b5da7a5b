package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupHistory;
import io.jenkins.plugins.amirefresh.journal.JournalFact.GroupPinned;
import io.jenkins.plugins.amirefresh.launchtemplate.Pin;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Says of a group that is left alone that it does not follow its alias any more. */
final class Pins {

    /** How long AWS may take to show a pin. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Pins() {}

    /** {@code stays pinned to version 3, it named $Latest}, or what others made of that; empty when it is not pinned. */
    static String of(StepHost host, GroupObservation group) {
        String gone = gone(host, group);
        if (!gone.isEmpty()) {
            return gone;
        }
        String tag = group.tag(Pin.TAG);
        Optional<GroupPinned> pin = host.journal().history().group(group.key()).pin();
        Optional<VersionReference> was = Pin.mainIn(tag).or(() -> pin.map(GroupPinned::was));
        boolean isBack = made(host, group).equals(group)
                && overrides(host, group).isEmpty()
                && named(group).equals(was);
        if ((tag.isEmpty() && pin.isEmpty()) || isBack) {
            return "";
        }
        // This run's own word first: the group may have been read before it was pinned.
        String version = pin.map(made -> made.to().toString())
                .or(() -> group.launchSource()
                        .mainTemplate()
                        .map(LaunchSource.Template::version)
                        .map(VersionReference::text))
                .orElse("a number");
        boolean isItsOwn = was.filter(alias -> !(alias instanceof VersionReference.Numbered))
                .isPresent();
        return isItsOwn
                ? "stays pinned to version " + version + ", it named "
                        + was.get().text()
                : "its overrides stay pinned to numbers";
    }

    /** The group as this run pinned it, where the listing may be one from before that. */
    static GroupObservation made(StepHost host, GroupObservation group) {
        GroupHistory history = host.journal().history().group(group.key());
        return history.pin()
                .filter(pin -> history.isPinned() && isFromBefore(history, group))
                .map(pin -> group.launching(made(pin, group.launchSource())))
                .orElse(group);
    }

    private static LaunchSource made(GroupPinned pin, LaunchSource listed) {
        LaunchSource pinned = pin.source();
        if (pinned == null) {
            return pin.was() instanceof VersionReference.Latest
                            && listed.withVersion(pin.was()).equals(listed)
                    ? listed.withVersion(VersionReference.of(pin.to()))
                    : listed;
        }
        LaunchSource source = listed;
        for (LaunchSource.Template use : pinned.templates()) {
            boolean isMade = use.version() instanceof VersionReference.Numbered
                    && listed.templates().stream()
                            .anyMatch(seen ->
                                    seen.id().equals(use.id()) && seen.version() instanceof VersionReference.Latest);
            source = isMade ? source.with(use.id(), use.version()) : source;
        }
        return source;
    }

    private static boolean isFromBefore(GroupHistory history, GroupObservation group) {
        return history.pinnedAt()
                .filter(at -> group.at().isAfter(at.plus(PATIENCE)))
                .isEmpty();
    }

    /**
     * What others let it name after this run had pinned it, and before its turn came; empty when the pin is there. It is not
     * pinned again: what they want is theirs to say.
     */
    static String gone(StepHost host, GroupObservation group) {
        GroupHistory history = host.journal().history().group(group.key());
        return history.pin()
                .filter(pin -> history.isPinned() && !isFromBefore(history, group))
                .filter(pin -> !(pin.was() instanceof VersionReference.Numbered))
                .filter(pin -> !named(group).filter(isNumber(pin.to())).isPresent())
                .map(pin -> "others let it name "
                        + named(group).map(VersionReference::text).orElse("another launch source")
                        + " before its turn, this run had pinned it to version " + pin.to())
                .orElse("");
    }

    private static Predicate<VersionReference> isNumber(LaunchTemplateVersion version) {
        return VersionReference.of(version)::equals;
    }

    /**
     * It names a number and may name its alias again, which means the version that it shall be on.
     *
     * @param meaning what an alias of a template means
     * @param wanted the versions of its templates
     */
    static boolean isReleasable(
            StepHost host,
            GroupObservation group,
            BiFunction<LaunchTemplateId, VersionReference, Optional<LaunchTemplateVersion>> meaning,
            Map<LaunchTemplateId, LaunchTemplateVersion> wanted) {
        Map<LaunchTemplateId, VersionReference> was = new HashMap<>(overrides(host, group));
        GroupHistory history = host.journal().history().group(group.key());
        Optional<VersionReference> main = history.pin()
                .filter(pin -> history.isPinned())
                .map(GroupPinned::was)
                .or(() -> Pin.mainIn(group.tag(Pin.TAG)));
        group.launchSource().mainTemplate().ifPresent(use -> main.ifPresent(alias -> was.put(use.id(), alias)));
        return group.launchSource().templates().stream()
                .filter(use -> use.version() instanceof VersionReference.Numbered)
                .anyMatch(use -> Optional.ofNullable(was.get(use.id()))
                        .filter(alias -> !(alias instanceof VersionReference.Numbered))
                        .flatMap(alias -> meaning.apply(use.id(), alias))
                        .filter(version -> version.equals(wanted.get(use.id())))
                        .isPresent());
    }

    private static Optional<VersionReference> named(GroupObservation group) {
        return group.launchSource().mainTemplate().map(LaunchSource.Template::version);
    }

    /** How overrides named the versions of their templates, of those that were pinned. */
    static Map<LaunchTemplateId, VersionReference> overrides(StepHost host, GroupObservation group) {
        return host.journal()
                .history()
                .group(group.key())
                .pin()
                .map(GroupPinned::overrides)
                .orElseGet(() -> Pin.overridesIn(group.tag(Pin.TAG)));
    }
}
