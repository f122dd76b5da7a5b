package io.jenkins.plugins.amirefresh.step.smoketest;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which groups a step tests: those that this run refreshed or gave a canary, or those that were named. */
final class Chosen {

    private final StepHost host;
    private final GroupSelection selection;

    Chosen(Parameters parameters, StepHost host) {
        this.host = host;
        this.selection = GroupSelection.of(parameters);
    }

    static List<Place> places(Parameters parameters, StepHost host) {
        return CommonParameters.places(
                parameters,
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    List<TestWork> works(Fleet fleet) {
        selection.requireKnown(fleet.groups().stream().map(LocatedGroup::group));
        RunHistory history = host.journal().history();
        List<TestWork> works = new ArrayList<>();
        for (LocatedGroup located : fleet.groups()) {
            GroupObservation group = located.group();
            Optional<GroupResult> row = history.row(group.key());
            String environment = row.map(GroupResult::environment).orElseGet(() -> environment(group));
            String family = row.map(GroupResult::family).orElse("");
            boolean hasNew = history.group(group.key())
                    .done()
                    .filter(done -> done.outcome() == GroupOutcome.REFRESHED || done.outcome() == GroupOutcome.PAUSED)
                    .isPresent();
            if ((hasNew || selection.namesGroups()) && selection.includes(group, environment, family)) {
                works.add(TestWork.begin(located.place(), group.key(), environment, family));
            }
        }
        return works;
    }

    private String environment(GroupObservation group) {
        return group.tag(host.settings().tagNames().getOrDefault("Environment", "Environment"));
    }
}
