package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step's first look at its places: one that cannot be read has its line and makes the build UNSTABLE, the others go on. */
public final class FleetReader {

    /** How long a place that answers with a passing fault is waited for while another one answers. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String SINCE = "reading since";
    private static final String UNREADABLE = "unreadable:";

    private FleetReader() {}

    /**
     * What a look came to.
     *
     * @param state to go on with
     * @param fleet null while the places have to be asked again
     */
    public record Look(StepState state, @Nullable Fleet fleet) {}

    /**
     * Reads every place.
     *
     * @param step the function name, for the console and the run's record
     * @throws CloudException when no place can be read at all, and that will not change by itself
     */
    public static Look look(StepState state, StepHost host, String step, Collection<Place> places) {
        return look(state, host, step, Fleet.readWhatAnswers(host, places));
    }

    /** The same with what was read of them. */
    public static Look look(StepState state, StepHost host, String step, Fleet fleet) {
        Map<Place, CloudException> problems = new LinkedHashMap<>();
        fleet.places().forEach(place -> fleet.problem(place).ifPresent(problem -> problems.put(place, problem)));
        Instant now = host.clock().instant();
        Instant since = state.document(SINCE)
                .map(json -> Json.read(json, Instant.class))
                .orElse(now);
        boolean answersNowhere = problems.size() == fleet.places().size();
        Optional<CloudException> passing =
                problems.values().stream().filter(CloudException::isTransient).findFirst();
        if (passing.isPresent() && (answersNowhere || now.isBefore(since.plus(PATIENCE)))) {
            return new Look(state.with(SINCE, Json.write(since)), null);
        }
        if (answersNowhere && !problems.isEmpty()) {
            // Whoever catches the step's failure shall not get a green report of a fleet that nobody could see.
            problems.forEach((place, problem) -> note(host, step, place, String.valueOf(problem.getMessage())));
            throw problems.values().iterator().next();
        }
        StepState told = state;
        for (Map.Entry<Place, CloudException> problem : problems.entrySet()) {
            told = unreadable(told, host, step, problem.getKey(), problem.getValue());
        }
        return new Look(told, fleet);
    }

    /** Writes down that a place could not be read, in the state, in the run's record and on the console. */
    public static StepState unreadable(StepState state, StepHost host, String step, Place place, CloudException e) {
        return unreadable(state, host, step, place, String.valueOf(e.getMessage()));
    }

    /** The same, with the reason in words. */
    public static StepState unreadable(StepState state, StepHost host, String step, Place place, String why) {
        host.log(step + ": " + place + " cannot be read, the others go on: " + why);
        note(host, step, place, why);
        return state.with(UNREADABLE + place, Json.write(place + " could not be read: " + why));
    }

    private static void note(StepHost host, String step, Place place, String why) {
        host.journal()
                .append(new JournalEvent(
                        host.run().stepId() + ":unreadable:" + place,
                        host.clock().instant(),
                        step,
                        new JournalFact.PlaceUnreadable(place.toString(), why)));
    }

    /** This step has said already that the place could not be read. */
    public static boolean isTold(StepState state, Place place) {
        return state.document(UNREADABLE + place).isPresent();
    }

    /** One line for each place that this step could not read. */
    public static List<String> unreadable(StepState state) {
        return state.documents().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(UNREADABLE))
                .map(entry -> Json.read(entry.getValue(), String.class))
                .toList();
    }

    /** What the step makes of the build at least. */
    public static Progress.BuildVerdict verdict(StepState state) {
        return unreadable(state).isEmpty() ? Progress.BuildVerdict.NONE : Progress.BuildVerdict.UNSTABLE;
    }
}
