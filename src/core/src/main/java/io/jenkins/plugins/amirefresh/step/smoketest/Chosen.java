package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Which groups a step tests: those that this run refreshed or gave a canary, or those that were named. */
final class Chosen {

    private final StepHost host;
    private final GroupSelection selection;
    private final GroupFamilies families;

    Chosen(Parameters parameters, StepHost host) {
        this.host = host;
        this.selection = GroupSelection.of(parameters);
        this.families = new GroupFamilies(host);
    }

    static List<Place> places(Parameters parameters, StepHost host) {
        return CommonParameters.places(
                parameters,
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    /** Says of which places the families may not be seen, where that matters; asked after {@link #works}. */
    StepState told(StepState state, Fleet fleet) {
        return selection.asksForFamilies() ? families.told(state, SmokeTestAsgOperation.STEP, fleet) : state;
    }

    /** Whoever passed this very test since the refresh, as part of it, need not be asked again. */
    List<TestWork> works(Fleet fleet, SmokeTest test) {
        families.requireMatch(selection, fleet);
        RunHistory history = host.journal().history();
        // In another build than the one that refreshed them, whoever says which groups means those.
        boolean namesThem = selection.namesGroups() || (history.rows().isEmpty() && selection.isNarrowed());
        List<TestWork> works = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            GroupObservation group = located.group();
            boolean hasNew = history.group(group.key())
                    .done()
                    .filter(done -> done.outcome() == GroupOutcome.REFRESHED || done.outcome() == GroupOutcome.PAUSED)
                    .isPresent();
            if ((hasNew || namesThem) && selection.includes(families.known(located))) {
                TestWork work = TestWork.begin(
                        located.place(), group.key(), GroupFamilies.environment(host, group), families.of(located));
                boolean hasPassed = history.group(group.key()).hasPassedSinceItsRefresh(test.asked());
                works.add(hasPassed ? work.decided(SmokeTestVerdict.PASSED, "") : work);
            }
        }
        return works;
    }
}
