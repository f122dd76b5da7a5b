package io.jenkins.plugins.amirefresh.events;

import io.jenkins.plugins.amirefresh.model.Suggestion;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a group's own {@code autorecycle_*} tags say.
 *
 * @param isOptedOut it is not to be recycled
 * @param isOptedIn it is to be recycled when something changes
 * @param strategy null when the group does not say
 * @param missing the tags of {@link #REQUIRED} that it has not
 * @param job the state machine of old that is to be run instead of the usual one; empty for the usual one
 * @param channel the Slack channel of who watches it; empty for none
 * @param pages somebody is to be paged when it fails
 * @param team empty for none
 * @param problem the first value that is not allowed, one line; empty when all are well
 * @param pagesProblem the same of the tag that asks for pages, which says nothing of the recycling itself
 */
public record RecycleTags(
        boolean isOptedOut,
        boolean isOptedIn,
        boolean isDryRun,
        @Nullable RefreshStrategy strategy,
        List<String> missing,
        String job,
        String channel,
        boolean pages,
        String team,
        String problem,
        String pagesProblem) {

    /** Whether the group is recycled at all. */
    public static final String RECYCLE = "autorecycle_recycle_on_asg_update";
    /** Nothing is changed. */
    public static final String DRY_RUN = "autorecycle_dry_run";
    /** How it is recycled. */
    public static final String STRATEGY = "autorecycle_strategy";
    /** The name of its component. */
    public static final String COMPONENT = "autorecycle_override_component_name";

    private static final String JOB = "autorecycle_step_function_name";
    private static final String CHANNEL = "autorecycle_slack_monitoring_channel";
    private static final String PAGES = "autorecycle_notify_pager_duty";
    private static final String TEAM = "autorecycle_team";

    /** What the keys of all these tags begin with. */
    private static final String FAMILY = "autorecycle";

    /** The state machine that the original runs when no tag names another. */
    private static final String USUAL_JOB = "autorecycle";

    /** Without these a change recycles nothing. */
    public static final List<String> REQUIRED = List.of(RECYCLE, STRATEGY);

    /** Every tag that is read here. */
    public static final List<String> NAMES = List.of(RECYCLE, STRATEGY, DRY_RUN, COMPONENT, JOB, CHANNEL, PAGES, TEAM);

    /** Copies the list. */
    public RecycleTags {
        missing = List.copyOf(missing);
    }

    /**
     * Reads the tags of a group.
     *
     * @param tags of the group
     * @param tagNames configured name by standard name
     */
    public static RecycleTags of(Map<String, String> tags, Map<String, String> tagNames) {
        Source source = new Source(tags, tagNames);
        String strategy = source.value(STRATEGY);
        Optional<RefreshStrategy> parsed = RefreshStrategy.parse(strategy);
        String problem = source.misspelt().orElseGet(() -> source.problem(RECYCLE, DRY_RUN));
        if (problem.isEmpty() && !strategy.isEmpty() && parsed.isEmpty()) {
            problem = bad(STRATEGY, strategy, "one of " + String.join(", ", RefreshStrategy.names()));
        }
        List<String> missing = new ArrayList<>(REQUIRED);
        missing.removeIf(name -> !source.value(name).isEmpty());
        String job = source.value(JOB);
        return new RecycleTags(
                source.is(RECYCLE, "false"),
                source.is(RECYCLE, "true"),
                source.is(DRY_RUN, "true"),
                parsed.orElse(null),
                missing,
                job.equals(USUAL_JOB) ? "" : job,
                source.value(CHANNEL),
                source.is(PAGES, "true"),
                source.value(TEAM),
                problem,
                source.problem(PAGES));
    }

    /** The configured names of every tag that is read here. */
    public static Set<String> configured(Map<String, String> tagNames) {
        Set<String> names = new TreeSet<>();
        NAMES.forEach(name -> names.add(tagNames.getOrDefault(name, name)));
        return names;
    }

    /** The component that a group belongs to: its tag, else its name up to {@code -asg-}. */
    public static String component(String group, Map<String, String> tags, Map<String, String> tagNames) {
        String tagged = new Source(tags, tagNames).value(COMPONENT);
        int end = group.indexOf("-asg-");
        return !tagged.isEmpty() ? tagged : end > 0 ? group.substring(0, end) : group;
    }

    private record Source(Map<String, String> tags, Map<String, String> tagNames) {

        String value(String name) {
            return tags.getOrDefault(tagNames.getOrDefault(name, name), "").trim();
        }

        boolean is(String name, String word) {
            return value(name).toLowerCase(Locale.ROOT).equals(word);
        }

        /** A key that is almost one of ours sets nothing, and whoever wrote it may have meant that nothing is changed. */
        Optional<String> misspelt() {
            Set<String> ours = configured(tagNames);
            for (String key : new TreeSet<>(tags.keySet())) {
                if (key.toLowerCase(Locale.ROOT).startsWith(FAMILY) && !ours.contains(key)) {
                    Optional<String> meant = Suggestion.nearest(
                            key,
                            ours.stream()
                                    .filter(name -> !tags.containsKey(name))
                                    .toList());
                    if (meant.isPresent()) {
                        return Optional.of(
                                "tag " + key + ": is none that is read; write " + meant.get() + ", or remove it");
                    }
                }
            }
            return Optional.empty();
        }

        String problem(String... booleans) {
            for (String name : booleans) {
                if (!value(name).isEmpty() && !is(name, "true") && !is(name, "false")) {
                    return bad(name, value(name), "true or false");
                }
            }
            return "";
        }
    }

    private static String bad(String tag, String value, String allowed) {
        return "tag " + tag + ": '" + value + "' is not allowed; give " + allowed;
    }
}
