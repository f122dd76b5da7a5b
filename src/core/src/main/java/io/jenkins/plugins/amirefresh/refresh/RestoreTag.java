package io.jenkins.plugins.amirefresh.refresh;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.refresh.Temporary.RaisedMax;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tag that says on the group itself what is temporary: {@code run=weekly-12 desired=4:8 max=4:8
 * suspended=AZRebalance}; a maximum that was raised twice reads {@code max=4:6:8}.
 * Written before the first temporary change, removed after the last is undone; whoever finds it can undo them.
 */
public record RestoreTag(String runId, Temporary temporary, int desiredBefore) {

    /** The tag's name. */
    public static final String NAME = "ami-refresh:restore";

    private static final Pattern FORM =
            Pattern.compile("run=([^ ]*) desired=([0-9]+):([0-9]+)(?: max=([0-9]+):([0-9]+)(?::([0-9]+))?)?"
                    + "(?: suspended=([^ ]+))?");

    /** The tag of a group, empty when it has none or one that cannot be read. */
    public static Optional<RestoreTag> of(GroupObservation group) {
        Matcher matcher = FORM.matcher(group.tag(NAME));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int before = Integer.parseInt(matcher.group(2));
        int raised = Integer.parseInt(matcher.group(3)) - before;
        int excess = Math.max(0, group.capacity().desired() - before);
        RaisedMax max = matcher.group(4) == null ? null : raised(matcher.group(4), matcher.group(5), matcher.group(6));
        Set<ScalingProcess> suspended = matcher.group(7) == null
                ? Set.of()
                : Arrays.stream(matcher.group(7).split("[+]"))
                        .map(ScalingProcess::parse)
                        .collect(Collectors.toUnmodifiableSet());
        return Optional.of(new RestoreTag(
                matcher.group(1),
                new Temporary(Math.min(raised, excess), max, suspended, true, null, null, Map.of()),
                before));
    }

    /** What the tag of a group says is temporary. */
    public static Temporary left(GroupObservation group) {
        return of(group).map(RestoreTag::temporary).orElse(Temporary.NONE);
    }

    /** The group as it is without what its tag says is temporary. */
    public static GroupObservation without(GroupObservation group) {
        Temporary left = left(group);
        Capacity now = group.capacity();
        RaisedMax raised = left.max();
        int max = raised != null && raised.isOurs(now.max()) ? Math.max(raised.was(), now.min()) : now.max();
        return group.with(new Capacity(now.min(), now.desired() - left.surge(), max));
    }

    /** A tag of ours counts a raise from another size than this: what others moved since would be taken for ours. */
    static boolean isOutdated(GroupObservation group, int before) {
        Matcher matcher = FORM.matcher(group.tag(NAME));
        return matcher.matches()
                && !matcher.group(2).equals(matcher.group(3))
                && Integer.parseInt(matcher.group(2)) != before;
    }

    private static RaisedMax raised(String was, String middle, @Nullable String last) {
        int first = Integer.parseInt(was);
        int second = Integer.parseInt(middle);
        return last == null
                ? new RaisedMax(first, first, second)
                : new RaisedMax(first, second, Integer.parseInt(last));
    }

    private static String text(RaisedMax max) {
        String between = max.from() == max.was() || max.from() == max.to() ? "" : ":" + max.from();
        return " max=" + max.was() + between + ":" + max.to();
    }

    /** The tag's value, at most 256 characters of those that every tag may have. */
    public String text() {
        RaisedMax max = temporary.max();
        String suspended = temporary.suspended().stream()
                .map(ScalingProcess::awsName)
                .sorted()
                .collect(Collectors.joining("+"));
        return "run=" + word(runId) + " desired=" + desiredBefore + ":"
                + (desiredBefore + temporary.surge())
                + (max == null ? "" : text(max))
                + (suspended.isEmpty() ? "" : " suspended=" + suspended);
    }

    private static String word(String runId) {
        return (runId.length() > 100 ? runId.substring(0, 100) : runId).replace(' ', '_');
    }

    /** A run wrote it. */
    public boolean isOf(String run) {
        return runId.equals(word(run));
    }
}
