package io.jenkins.plugins.amirefresh.plugin.config;

import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.regions.Region;

/** What a text field offers while somebody types. */
public final class Completion {

    private Completion() {}

    /** The regions that the AWS SDK knows. */
    public static AutoCompletionCandidates regions(String typed) {
        Set<String> regions = new TreeSet<>();
        Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .forEach(region -> regions.add(region.id()));
        return of(regions, typed);
    }

    /** The environments that have a window, built in or configured. */
    public static AutoCompletionCandidates environments(String typed) {
        return of(
                new TreeSet<>(
                        AmiRefreshConfiguration.get().toSettings().windows().keySet()),
                typed);
    }

    private static AutoCompletionCandidates of(Set<String> known, String typed) {
        String start = Util.fixNull(typed).trim().toLowerCase(Locale.ROOT);
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        known.stream().filter(name -> name.startsWith(start)).forEach(candidates::add);
        return candidates;
    }
}
