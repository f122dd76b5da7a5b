package io.jenkins.plugins.amirefresh.weeks;

import io.jenkins.plugins.amirefresh.weeks.Opening.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A group of a week.
 *
 * @param family of its template, which is its template's name
 * @param isBad the new version does not answer in it as it should
 * @param said what its windows are, and since when; the last that is not later holds; without openings it has none
 */
record WeekGroup(
        String name,
        String environment,
        String family,
        int size,
        boolean isBad,
        String boot,
        Map<String, String> tags,
        List<Said> said) {

    /** From this moment on these openings hold, as tags say that a colleague sets then. */
    record Said(Instant since, List<Opening> openings, Map<String, String> tags) {}

    boolean hasChanges() {
        return said.size() > 1;
    }

    boolean hasWindow(Instant at) {
        return !saidAt(at).openings().isEmpty();
    }

    private Said saidAt(Instant at) {
        return said.stream()
                .filter(one -> !one.since().isAfter(at))
                .reduce((earlier, later) -> later)
                .orElse(said.get(0));
    }

    /** By what is said at this moment: the stretches that are open between those. */
    List<Stretch> stretches(Instant at, Instant from, Instant to, Predicate<LocalDate> dark) {
        List<Stretch> found = new ArrayList<>();
        saidAt(at).openings().forEach(opening -> found.addAll(opening.between(from, to, dark)));
        found.sort(Comparator.comparing(Stretch::from));
        return found;
    }

    /** By what was said at that moment, or in the two minutes before it, when nobody may have read it yet. */
    boolean isOpen(Instant at, Predicate<LocalDate> dark) {
        return List.of(at, at.minusSeconds(120)).stream()
                .anyMatch(then -> stretches(then, at.minusSeconds(1), at.plusSeconds(1), dark).stream()
                        .anyMatch(stretch -> stretch.has(at)));
    }

    String yaml() {
        StringBuilder text = new StringBuilder("Environment: \"" + environment + "\"");
        if (environment.isEmpty()) {
            text.setLength(0);
            text.append("Owner: nobody");
        }
        tags.forEach((key, value) ->
                text.append(", ").append(key).append(": \"").append(value).append('"'));
        return "{name: " + name + ", launchTemplate: " + family + ", version: 1, min: " + (size == 1 ? 0 : 1)
                + ", desired: " + size + ", max: " + (size + 2) + ", tags: {" + text + "}}";
    }
}
