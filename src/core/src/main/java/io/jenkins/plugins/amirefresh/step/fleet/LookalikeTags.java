package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.Settings;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tags whose key differs from one of ours in upper and lower case only: AWS tells them apart, so they set nothing, and nobody
 * who wrote one knows.
 */
public final class LookalikeTags {

    private LookalikeTags() {}

    /** Names each once in a run. */
    public static void tell(StepHost host, String step, Fleet fleet, Set<GroupKey> groups) {
        Set<String> told =
                host.journal().events().stream().map(JournalEvent::key).collect(Collectors.toSet());
        for (LocatedGroup located : fleet.groups()) {
            GroupKey group = located.group().key();
            if (!groups.contains(group)) {
                continue;
            }
            of(located.group().tags(), host.settings().tagNames()).forEach((tag, ours) -> {
                String key = "tag/" + group + "/" + tag;
                if (told.add(key)) {
                    String line = GroupNames.withPlace(group) + ": the tag " + tag
                            + " sets nothing: AWS tells upper from lower case, the tag we read is " + ours;
                    host.log(line);
                    host.journal()
                            .append(new JournalEvent(
                                    key, host.clock().instant(), step, new JournalFact.Note(group.toString(), line)));
                }
            });
        }
    }

    /** What looks like a tag that we read and that the group does not have, with our name of it. */
    static Map<String, String> of(Map<String, String> tags, Map<String, String> tagNames) {
        List<String> ours = Settings.TAGS.stream()
                .map(name -> tagNames.getOrDefault(name, name))
                .filter(name -> !tags.containsKey(name))
                .toList();
        Map<String, String> found = new TreeMap<>();
        for (String tag : tags.keySet()) {
            ours.stream().filter(tag::equalsIgnoreCase).findFirst().ifPresent(name -> found.put(tag, name));
        }
        return found;
    }
}
