package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a group's own {@code autorecycle_*} tags say.
 *
 * @param strategy null when the group does not say
 * @param problem the first value that is not allowed, one line; empty when all are well
 */
record Autorecycle(boolean isOptedOut, boolean isDryRun, @Nullable RefreshStrategy strategy, String problem) {

    static final String RECYCLE = "autorecycle_recycle_on_asg_update";
    static final String DRY_RUN = "autorecycle_dry_run";
    static final String STRATEGY = "autorecycle_strategy";

    /**
     * Reads the tags.
     *
     * @param tagNames configured name by standard name
     */
    static Autorecycle of(GroupObservation group, Map<String, String> tagNames) {
        String recycle = value(group, tagNames, RECYCLE);
        String dryRun = value(group, tagNames, DRY_RUN);
        String strategy = value(group, tagNames, STRATEGY);
        Optional<RefreshStrategy> parsed = RefreshStrategy.parse(strategy);
        String problem = "";
        if (isNoBoolean(recycle)) {
            problem = bad(RECYCLE, recycle, "true or false");
        } else if (isNoBoolean(dryRun)) {
            problem = bad(DRY_RUN, dryRun, "true or false");
        } else if (!strategy.isEmpty() && parsed.isEmpty()) {
            problem = bad(STRATEGY, strategy, "one of " + String.join(", ", RefreshStrategy.names()));
        }
        return new Autorecycle("false".equals(recycle), "true".equals(dryRun), parsed.orElse(null), problem);
    }

    private static String value(GroupObservation group, Map<String, String> tagNames, String name) {
        String value = group.tag(tagNames.getOrDefault(name, name)).trim();
        return name.equals(STRATEGY) ? value : value.toLowerCase(Locale.ROOT);
    }

    private static boolean isNoBoolean(String value) {
        return !value.isEmpty() && !value.equals("true") && !value.equals("false");
    }

    private static String bad(String tag, String value, String allowed) {
        return "tag " + tag + ": '" + value + "' is not allowed; give " + allowed;
    }
}
