package io.jenkins.plugins.amirefresh.weeks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A week as it is going to be.
 *
 * @param builds the moments at which builds of the job begin; the first is the start
 * @param parameters of recycleAsgs
 * @param dark the days of the blackout
 * @param outages when the controller is down, and how long
 * @param deaths the mutating calls at which it is killed, and whether before them
 * @param restarts of how many ticks one starts from the disk; 0 for none
 * @param answers how long after a question somebody answers it, in minutes; below 0 for a no after so many
 */
record Week(
        long seed,
        Instant start,
        List<Instant> builds,
        Mode mode,
        List<WeekGroup> groups,
        Map<String, Object> parameters,
        Predicate<LocalDate> dark,
        Map<Instant, Duration> outages,
        Map<Integer, Boolean> deaths,
        int restarts,
        int answers) {

    enum Mode {
        WAIT,
        DUE,
        IGNORE
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    boolean is(String parameter, String value) {
        return value.equals(parameters.get(parameter));
    }

    /** How long a build waits for a window. */
    Duration waits() {
        Object most = parameters.getOrDefault("waitAtMost", "7d");
        return Duration.ofDays(Integer.parseInt(most.toString().replace("d", "")));
    }

    /** Nothing but its window keeps a group from starting. */
    boolean isFree() {
        return !has("waves")
                && is("overrun", "ignore")
                && Integer.parseInt(parameters.get("maxConcurrent") + "") >= groups.size()
                && outages.isEmpty()
                && groups.stream().noneMatch(WeekGroup::isBad);
    }

    String yaml() {
        StringBuilder text = new StringBuilder("start: \"" + start + "\"\nseed: " + (1 + seed % 1000) + "\naccounts:\n"
                + "  - id: \"111111111111\"\n    regions:\n      - name: eu-west-1\n        images:\n");
        for (String family : List.of("web", "worker")) {
            for (String age : List.of("old", "new")) {
                text.append("          - {name: " + family + "-" + age + ", age: " + (age.equals("old") ? 9 : 1)
                        + "d, tags: {\"ami-refresh:family\": " + family + "}}\n");
            }
        }
        text.append("        launchTemplates:\n");
        for (String family : List.of("web", "worker")) {
            text.append("          - {name: " + family + ", tags: {\"ami-refresh:family\": " + family
                    + "}, versions: [{image: " + family + "-old}, {image: " + family + "-new}]}\n");
        }
        text.append("        autoScalingGroups:\n");
        groups.forEach(group -> text.append("          - " + group.yaml() + "\n"));
        text.append("behaviours:\n  - {match: {}, boot: 15s, http: [{path: /health, status: 200, body: ok}]}\n");
        groups.forEach(
                group -> text.append("  - {match: {group: " + group.name() + "}, boot: " + group.boot() + "}\n"));
        groups.stream()
                .filter(WeekGroup::isBad)
                .forEach(group -> text.append("  - {match: {group: " + group.name() + ", image: " + group.family()
                        + "-new}, http: [{path: /health, status: 500, body: no}]}\n"));
        return text.toString();
    }
}
