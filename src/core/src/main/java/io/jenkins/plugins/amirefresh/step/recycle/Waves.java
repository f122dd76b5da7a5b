package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.parameters.GroupSelection;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import io.jenkins.plugins.amirefresh.step.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The waves of a step, in their order; a step that is given none has one, of all that it selects.
 *
 * @param list never empty
 */
record Waves(List<Wave> list) {

    private static final Waves NONE = new Waves(List.of(Wave.ALL));
    private static final String ALLOW_EMPTY = "allowEmpty";

    /** Copies the list. */
    Waves {
        list = List.copyOf(list);
    }

    /**
     * The parameters {@code waves} and {@code others}.
     *
     * @throws ParameterException for a wave that names nothing, or an environment that two of them take
     */
    static Waves of(Parameters parameters) {
        List<Map<String, Object>> given = parameters.maps(RecycleAsgs.WAVES);
        if (given.isEmpty() && parameters.asMap().containsKey(RecycleAsgs.WAVES)) {
            throw ParameterException.of(
                    RecycleAsgs.WAVES, "[]", "at least one wave; leave it out to start all groups together");
        }
        if (given.isEmpty()) {
            return NONE;
        }
        List<Wave> waves = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            waves.add(Wave.of(path(i), i + 1, given.get(i), parameters.flag(ALLOW_EMPTY)));
            requireOnce(waves);
        }
        if (parameters.text(RecycleAsgs.OTHERS).filter("last"::equals).isPresent()) {
            waves.add(Wave.OTHERS);
        }
        return new Waves(waves);
    }

    private static void requireOnce(List<Wave> waves) {
        int last = waves.size() - 1;
        for (int i = 0; i < last; i++) {
            Optional<String> shared = waves.get(i).sharedEnvironment(waves.get(last));
            if (shared.isPresent()) {
                throw ParameterException.of(
                        path(last) + ".environments",
                        shared.get(),
                        "each environment to one wave: " + path(i) + " has it already");
            }
        }
    }

    /** How a refusal names the wave. */
    static String path(int index) {
        return RecycleAsgs.WAVES + "[" + index + "]";
    }

    /** The step was given waves. */
    boolean areGiven() {
        return !list.get(0).isWhole();
    }

    /** One of them; of state files whose step had more, the last. */
    Wave wave(int index) {
        return list.get(Math.min(index, list.size() - 1));
    }

    /** The number, from 0, of the first wave that has the group; empty when none has. */
    Optional<Integer> of(GroupSelection.Known group, Place place) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).has(group, place)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
