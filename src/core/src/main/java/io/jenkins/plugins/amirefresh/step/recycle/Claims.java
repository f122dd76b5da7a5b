package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which wave has which group, found before anything is changed. */
final class Claims {

    private final StepHost host;
    private final RecycleSettings settings;
    private final Scope scope;
    private final Fleet fleet;

    Claims(StepHost host, RecycleSettings settings, Scope scope, Fleet fleet) {
        this.host = host;
        this.settings = settings;
        this.scope = scope;
        this.fleet = fleet;
    }

    /**
     * Those that a wave has, each with its turn.
     *
     * @throws ParameterException for a wave that has no group
     */
    List<Candidate> claimed(List<Candidate> candidates) {
        Waves waves = settings.waves();
        if (!waves.areGiven()) {
            return candidates;
        }
        List<Candidate> claimed = new ArrayList<>();
        for (Candidate candidate : candidates) {
            known(candidate)
                    .flatMap(known -> waves.of(known, candidate.place()))
                    .ifPresent(wave -> claimed.add(candidate.with(new Turn(wave, null))));
        }
        for (int i = 0; i < waves.list().size(); i++) {
            try {
                require(i, candidates, claimed);
            } catch (ParameterException e) {
                throw e.within(Waves.path(i));
            }
        }
        return claimed;
    }

    private Optional<GroupSelection.Known> known(Candidate candidate) {
        return fleet.group(candidate.group())
                .map(LocatedGroup::group)
                .map(group -> new GroupSelection.Known(group, candidate.environment(), () -> candidate.family()));
    }

    private void require(int index, List<Candidate> candidates, List<Candidate> claimed) {
        Wave wave = settings.waves().wave(index);
        if (wave.isWhole()) {
            tell(wave, index, claimed);
            return;
        }
        requirePlaces(wave);
        scope.requireMatch(wave.selection(), fleet);
        requireInScope(wave, candidates);
        boolean isEmpty = claimed.stream().noneMatch(one -> one.standing().wave() == index);
        boolean isClaimedBefore = isEmpty
                && candidates.stream().anyMatch(one -> known(one)
                        .filter(known -> wave.has(known, one.place()))
                        .isPresent());
        if (isClaimedBefore && !wave.selection().allowEmpty()) {
            throw new ParameterException(
                    "every group that it names is in an earlier wave; name each once, or give allowEmpty: true");
        }
        tell(wave, index, claimed);
    }

    private void tell(Wave wave, int index, List<Candidate> claimed) {
        host.log(RecycleAsgs.NAME + ": " + wave.name() + ": "
                + claimed.stream().filter(one -> one.standing().wave() == index).count() + " groups");
    }

    private void requirePlaces(Wave wave) {
        List<String> regions = fleet.places().stream()
                .map(place -> place.region().value())
                .distinct()
                .toList();
        requireOneOf("regions", wave.regions(), regions);
        List<String> accounts =
                fleet.places().stream().map(Wave::account).distinct().toList();
        requireOneOf("accounts", wave.accounts(), accounts);
    }

    private static void requireOneOf(String parameter, List<String> given, List<String> known) {
        given.stream().filter(one -> !known.contains(one)).findFirst().ifPresent(one -> {
            throw ParameterException.of(parameter, one, "one of this step's: " + String.join(", ", known));
        });
    }

    /** A group that is given by its name and would not be refreshed is not left out in silence. */
    private void requireInScope(Wave wave, List<Candidate> candidates) {
        for (LocatedGroup located : fleet.groups()) {
            String name = located.group().key().name().value();
            boolean isNamed = wave.selection().asgs().contains(name);
            boolean isMeant = isNamed && scope.selects(located);
            if (isMeant
                    && candidates.stream()
                            .noneMatch(one -> one.group().equals(located.group().key()))) {
                throw GroupSelection.refusal(
                        located.group(), "a group whose launch template got a version in this run or has a family tag");
            }
        }
    }

    /** Writes down what the step is about: each wave is a choice, as a step of its own would be. */
    void chosen(List<JournalFact.LeftOut> leftOut) {
        GroupSelection step = settings.selection();
        List<Wave> waves = settings.waves().list();
        for (int i = 0; i < waves.size(); i++) {
            GroupSelection wave = waves.get(i).selection();
            boolean namesGroups = step.namesGroups()
                    || wave.namesGroups()
                    || !step.tags().isEmpty()
                    || !wave.tags().isEmpty();
            JournalFact.GroupsChosen fact = new JournalFact.GroupsChosen(
                    wave.environments().isEmpty() ? step.environments() : wave.environments(),
                    step.onlyEnvironments(),
                    wave.families().isEmpty() ? step.families() : wave.families(),
                    namesGroups,
                    settings.isDryRun(),
                    i == 0 ? leftOut : List.of());
            String key = host.run().stepId() + ":chosen" + (i == 0 ? "" : ":" + i);
            host.journal().append(new JournalEvent(key, host.clock().instant(), RecycleAsgs.NAME, fact));
        }
    }
}
