package io.jenkins.plugins.amirefresh.step.retire;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import io.jenkins.plugins.amirefresh.step.fleet.FleetReader;
import io.jenkins.plugins.amirefresh.step.parameters.CommonParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plans what becomes of every image, does it a few a tick, then deletes the snapshots of those that are gone. */
final class RetireAmisOperation implements StepOperation {

    private static final String PLANNED = "planned";
    private static final String SWEEP = "sweep:";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** AWS may need a moment until a snapshot's image is gone for it. */
    private static final Duration SETTLING = Duration.ofSeconds(15);

    private static final int SWEEPS = 5;

    /** What was found out longer ago is found out again before anything is done. */
    private static final Duration TRUSTED = Duration.ofMinutes(15);

    private static final int A_TICK = 20;

    private final RetireSettings settings;

    RetireAmisOperation(RetireSettings settings) {
        this.settings = settings;
    }

    @Override
    public Progress advance(StepState state, StepHost host) {
        boolean isPlanned = state.read(PLANNED, Instant.class)
                .filter(at -> isDone(state) || at.isAfter(host.clock().instant().minus(TRUSTED)))
                .isPresent();
        return isPlanned ? go(state, host) : plan(state, host);
    }

    private List<Place> places(StepHost host) {
        return CommonParameters.places(
                settings.parameters(),
                host.environment(),
                host.settings().regions(),
                host.settings().accounts());
    }

    private static List<RetireRow> rows(StepState state) {
        return state.readAll(RetireRow.PREFIX, RetireRow.class);
    }

    private static boolean isDone(StepState state) {
        return rows(state).stream().allMatch(RetireRow::isDone);
    }

    private Progress plan(StepState state, StepHost host) {
        List<Place> places = places(host);
        FleetReader.Look look = FleetReader.look(state, host, RetireAmis.NAME, places);
        if (look.fleet() == null) {
            return new Progress.Again(look.state(), host.observer().interval());
        }
        RetirePlanner planner = new RetirePlanner(settings, host, places, look.state());
        try {
            planner.read(look.fleet());
            List<RetireRow> rows = planner.plan();
            rows.forEach(row -> host.log(row.line(true)));
            StepState planned =
                    planner.planned(rows).with(PLANNED, Json.write(host.clock().instant()));
            return new Progress.Again(planned, Duration.ZERO);
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(planner.state(), PAUSE);
        }
    }

    private Progress go(StepState state, StepHost host) {
        try {
            if (!isDone(state)) {
                StepState acted = act(state, host);
                return new Progress.Again(acted, acted.equals(state) ? PAUSE : Duration.ZERO);
            }
            List<Place> places = places(host);
            for (int i = 0; i < places.size() && !settings.isDryRun(); i++) {
                if (!FleetReader.isTold(state, places.get(i)) && !isSwept(state, i)) {
                    return sweep(state, i, places.get(i), host);
                }
            }
        } catch (CloudException e) {
            if (!e.isTransient()) {
                throw e;
            }
            return new Progress.Again(state, PAUSE);
        }
        return RetireRows.end(state, rows(state), host, settings.isDryRun());
    }

    private StepState act(StepState state, StepHost host) {
        List<RetireRow> due =
                rows(state).stream().filter(row -> !row.isDone()).limit(A_TICK).toList();
        // What is planned stands in the state, and every act may be repeated.
        host.save(state);
        StepState acted = state;
        List<Place> places = places(host);
        for (RetireRow row : due) {
            RetireRow done;
            try {
                Place place = places.get(row.place());
                Cloud cloud = host.cloud(place.access(), place.region());
                new RetireActs(cloud, host.clock().instant(), RetireSettings.run(host.run())).act(row);
                done = row.done();
            } catch (CloudException e) {
                if (e.isTransient()) {
                    return acted;
                }
                done = row.ended(String.valueOf(e.getMessage()));
            }
            host.log(done.line(false));
            acted = acted.with(done.key(), Json.write(done));
        }
        return acted;
    }

    private static boolean isSwept(StepState state, int place) {
        return state.read(SWEEP + place, Integer.class).orElse(0) >= SWEEPS;
    }

    private Progress sweep(StepState state, int index, Place place, StepHost host) {
        Leftovers leftovers = new Leftovers(host.cloud(place.access(), place.region()));
        leftovers.delete();
        if (!leftovers.deleted().isEmpty()) {
            host.log(RetireAmis.NAME + ": deleted snapshots of deregistered images: "
                    + String.join(", ", leftovers.deleted()));
        }
        int sweeps = state.read(SWEEP + index, Integer.class).orElse(0) + 1;
        StepState swept =
                state.with(SWEEP + index, Json.write(leftovers.refused().isEmpty() ? SWEEPS : sweeps));
        if (!leftovers.refused().isEmpty() && sweeps >= SWEEPS) {
            leftovers.refused().forEach((snapshot, why) -> {
                host.log(RetireAmis.NAME + ": " + snapshot + " stays: " + why);
                leftovers.leave(snapshot);
            });
        }
        return new Progress.Again(swept, leftovers.refused().isEmpty() ? Duration.ZERO : SETTLING);
    }

    /** Nothing is halfway that the next run would not finish. */
    @Override
    public Progress stop(StepState state, StopReason reason, StepHost host) {
        return new Progress.Failed(state, RetireAmis.NAME + ": " + reason.why() + "; " + describe(state));
    }

    @Override
    public String describe(StepState state) {
        List<RetireRow> rows = rows(state);
        long done = rows.stream().filter(RetireRow::isDone).count();
        return rows.isEmpty() ? "looking for what uses images" : done + " of " + rows.size() + " images done";
    }
}
