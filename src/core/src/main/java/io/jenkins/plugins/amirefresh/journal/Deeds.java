package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the steps of a run did beside the refresh of groups, in words: nobody is told that nothing happened when it did. */
final class Deeds {

    private final RunHistory history;

    Deeds(RunHistory history) {
        this.history = history;
    }

    /** In a line, empty when there was nothing; images and templates only of a run that has no row of a group. */
    String words() {
        List<String> words = new ArrayList<>();
        if (history.rows().isEmpty()) {
            images(words);
            templates(words);
            tested(words);
        }
        Map<String, List<JournalFact.WorkDone>> bySteps = history.facts(JournalFact.WorkDone.class).stream()
                .collect(Collectors.groupingBy(JournalFact.WorkDone::step, LinkedHashMap::new, Collectors.toList()));
        bySteps.forEach((step, works) ->
                words.add(step + ": " + (works.size() == 1 ? works.get(0).summary() : counted(works))));
        return String.join("; ", words);
    }

    private void images(List<String> words) {
        List<JournalFact.AmiBuilt> images = history.facts(JournalFact.AmiBuilt.class);
        long reused = images.stream().filter(JournalFact.AmiBuilt::reused).count();
        add(words, images.size() - reused, "image", "built");
        add(words, reused, "image", "reused");
    }

    private void templates(List<String> words) {
        List<JournalFact.TemplateUpdated> templates = history.facts(JournalFact.TemplateUpdated.class);
        long changed =
                templates.stream().filter(JournalFact.TemplateUpdated::changed).count();
        add(words, changed, "launch template", "given a version");
        add(words, templates.size() - changed, "launch template", "that had its version");
    }

    /** Those that did not pass have a reason of their own. */
    private void tested(List<String> words) {
        Map<GroupKey, SmokeTestVerdict> last = new LinkedHashMap<>();
        history.facts(JournalFact.GroupTested.class).forEach(test -> last.put(test.group(), test.verdict()));
        long passed = last.values().stream()
                .filter(verdict -> verdict == SmokeTestVerdict.PASSED)
                .count();
        add(words, passed, "group", "tested well");
    }

    private static void add(List<String> words, long count, String what, String how) {
        if (count > 0) {
            words.add(count + " " + what + (count == 1 ? " " : "s ") + how);
        }
    }

    private static String counted(List<JournalFact.WorkDone> works) {
        Map<String, Long> counts = WorkRow.last(works.stream().flatMap(work -> work.rows().stream())).stream()
                .collect(Collectors.groupingBy(WorkRow::outcome, LinkedHashMap::new, Collectors.counting()));
        return counts.isEmpty()
                ? "nothing had to be done"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** What is not as it should be, by the row that was written of it last. */
    List<WorkRow> trouble() {
        return WorkRow.last(history.facts(JournalFact.WorkDone.class).stream().flatMap(work -> work.rows().stream()))
                .stream()
                .filter(WorkRow::needsLook)
                .toList();
    }
}
