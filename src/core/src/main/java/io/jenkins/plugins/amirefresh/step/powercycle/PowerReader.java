package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.Fleet;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the instances that have a schedule, beside the groups of a fleet; a place that does not answer keeps nobody waiting. */
final class PowerReader {

    /** How long a place that answers with a passing fault is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String SINCE = "instances read since";

    private final List<LocatedTarget> targets = new ArrayList<>();
    private StepState state;
    private boolean isComplete = true;

    PowerReader(StepHost host, PowerSettings settings, Fleet fleet, StepState before) {
        this.state = before;
        fleet.groups().stream()
                .filter(located -> !located.group().deleting())
                .filter(located -> settings.scheduleTags().stream()
                        .anyMatch(located.group().tags()::containsKey))
                .forEach(located -> targets.add(LocatedTarget.of(located)));
        for (Place place : fleet.places()) {
            if (fleet.problem(place).isEmpty()) {
                read(host, settings, place);
            }
        }
    }

    private void read(StepHost host, PowerSettings settings, Place place) {
        try {
            targets.addAll(LocatedTarget.instances(
                    host.cloud(place.access(), place.region()), place, settings.scheduleTags()));
        } catch (CloudException e) {
            Instant now = host.clock().instant();
            Instant since = state.document(SINCE)
                    .map(json -> Json.read(json, Instant.class))
                    .orElse(now);
            if (e.isTransient() && now.isBefore(since.plus(PATIENCE))) {
                state = state.with(SINCE, Json.write(since));
                isComplete = false;
            } else {
                state = FleetReader.unreadable(state, host, PowerCycle.NAME, place, e);
            }
        }
    }

    /** Nothing has to be asked again. */
    boolean isComplete() {
        return isComplete;
    }

    StepState state() {
        return state;
    }

    List<LocatedTarget> targets() {
        return targets;
    }
}
