package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.HoldTag;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Groups of earlier waves that hold others by their tag, since an earlier build left them so and nobody released them: also
 * such as this build is not about, where {@code onlyEnvironments} narrows it to a later wave. Read when somebody is about to
 * start, since people release holds meanwhile.
 */
final class StandingHolds {

    private final StepHost host;
    private final RecycleSettings settings;
    private final GroupFamilies families;
    private @Nullable Map<Integer, List<Standing>> byWave;

    /** For one tick. */
    StandingHolds(StepHost host, RecycleSettings settings) {
        this.host = host;
        this.settings = settings;
        this.families = new GroupFamilies(host);
    }

    private record Standing(GroupKey group, String family, String what) {}

    /** Why the candidate is held, empty when it may start. */
    Optional<String> on(StepState state, Candidate candidate) {
        boolean isLater = settings.waves().areGiven() && candidate.standing().wave() > 0;
        if (!isLater || settings.holdOn().equals("none")) {
            return Optional.empty();
        }
        if (byWave == null) {
            byWave = read(state);
        }
        for (Map.Entry<Integer, List<Standing>> entry : byWave.entrySet()) {
            Wave wave = settings.waves().wave(entry.getKey());
            List<Standing> others = entry.getValue().stream()
                    .filter(one ->
                            settings.holdOn().equals("any") || one.family().equals(candidate.family()))
                    .toList();
            if (entry.getKey() < candidate.standing().wave() && others.size() > wave.maxFailures()) {
                Standing first = others.get(0);
                return Optional.of(first.group().name() + " of " + wave.name() + ": " + first.what()
                        + (others.size() == 1 ? "" : ", and " + (others.size() - 1) + " more")
                        + "; refresh it first, or let it go with releaseHold asgs: '"
                        + first.group().name() + "', reason: '...'");
            }
        }
        return Optional.empty();
    }

    private Map<Integer, List<Standing>> read(StepState state) {
        Fleet fleet = Fleet.readWhatAnswers(
                host,
                CommonParameters.places(
                        settings.parameters(),
                        host.environment(),
                        host.settings().regions(),
                        host.settings().accounts()));
        GroupSelection selection = settings.selection().withoutOnlyEnvironments();
        Map<Integer, List<Standing>> found = new TreeMap<>();
        for (LocatedGroup located : fleet.groups()) {
            Optional<String> hold = HoldTag.of(located.group());
            if (hold.isPresent()
                    && !isThisBuilds(state, located.group().key())
                    && !located.group().deleting()) {
                GroupSelection.Known known = families.known(located);
                settings.waves()
                        .of(known, located.place())
                        .filter(wave -> selection.includes(known))
                        .ifPresent(wave -> found.computeIfAbsent(wave, key -> new ArrayList<>())
                                .add(new Standing(located.group().key(), families.of(located), hold.get())));
            }
        }
        return found;
    }

    /** What this build makes of it holds others, or not, by its row. */
    private boolean isThisBuilds(StepState state, GroupKey group) {
        boolean isWaiting = RecycleState.candidate(state, group).isPresent() && !RecycleState.hasRow(state, group);
        return isWaiting
                || FleetWork.hasBegun(state, group)
                || host.journal().history().isReleased(group);
    }
}
