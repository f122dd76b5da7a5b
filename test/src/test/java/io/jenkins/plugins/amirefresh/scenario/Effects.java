package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.kernel.EventLog;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The simulator's log of what really changed. */
record Effects(List<EventLog.Effect> all) {

    private static final Pattern ID =
            Pattern.compile("\\b(?:i|lt|ami|eni|vol)-[0-9a-f]{8,17}\\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
                    + "|(?<=since=)\\S+|(?<=until=)\\S+");

    static Effects of(Simulator simulator) {
        return new Effects(simulator.effects());
    }

    /** One line an effect, with its moment. */
    List<String> lines() {
        return all.stream()
                .map(effect -> effect.at() + " " + effect.resource() + ": " + effect.change())
                .toList();
    }

    /** How often each kind of change happened to each group, template or kind of resource, ids and the times of a lease left out. */
    SortedMap<String, Integer> counts() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        all.forEach(effect -> counts.merge(
                ID.matcher(effect.resource() + ": " + effect.change()).replaceAll("*"), 1, Integer::sum));
        return counts;
    }

    /** The resources to which this change happened, each as often as it happened. */
    List<String> resources(String change) {
        Pattern pattern = Pattern.compile(change);
        return all.stream()
                .filter(effect -> pattern.matcher(effect.change()).find())
                .map(EventLog.Effect::resource)
                .toList();
    }
}
