package io.jenkins.plugins.amirefresh.step.fleetreport;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.fleet.GroupFamilies;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads every place, says what it saw, and changes nothing; what passes is asked again. */
final class FleetReportOperation implements StepOperation {

    private final Parameters parameters;
    private final @Nullable Duration oldest;

    FleetReportOperation(Parameters parameters, @Nullable Duration oldest) {
        this.parameters = parameters;
        this.oldest = oldest;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        try {
            FleetReader.Look look = FleetReader.look(
                    state,
                    host,
                    FleetReport.NAME,
                    CommonParameters.places(
                            parameters,
                            host.environment(),
                            host.settings().regions(),
                            host.settings().accounts()));
            return look.fleet() == null
                    ? new Progress.Again(look.state(), host.observer().interval())
                    : report(look.state(), host, look.fleet());
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(state, host.observer().interval());
        }
    }

    private Progress report(StepState state, StepHost host, Fleet fleet) {
        GroupSelection selection = GroupSelection.of(parameters);
        GroupFamilies families = new GroupFamilies(host);
        families.requireMatch(selection, fleet);
        Map<Place, List<LocatedGroup>> selected = fleet.groups().stream()
                .filter(located -> selection.includes(families.known(located)))
                .collect(Collectors.groupingBy(LocatedGroup::place, LinkedHashMap::new, Collectors.toList()));
        FleetAges ages = new FleetAges(host, families);
        selected.values().forEach(ages::expect);
        List<FleetRow> rows = new ArrayList<>();
        Map<Place, CloudException> problems = new LinkedHashMap<>();
        selected.forEach((place, groups) -> {
            try {
                rows.addAll(ages.of(place, groups));
            } catch (CloudException e) {
                if (e.isTransient()) {
                    throw e;
                }
                problems.put(place, e);
            }
        });
        StepState told = families.told(state, FleetReport.NAME, fleet);
        for (Map.Entry<Place, CloudException> problem : problems.entrySet()) {
            if (problems.size() == fleet.places().size()) {
                throw problem.getValue();
            }
            told = FleetReader.unreadable(told, host, FleetReport.NAME, problem.getKey(), problem.getValue());
        }
        return new FleetRows(host, rows, oldest).end(told);
    }

    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        return new Progress.Failed(state, FleetReport.NAME + ": " + reason.why() + "; nothing was changed");
    }

    @Override
    public String describe(StepState state) {
        return "looking at what the groups run";
    }
}
