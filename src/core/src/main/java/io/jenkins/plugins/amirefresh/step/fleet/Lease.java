package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.RunIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a controller says on a group while it works on it: {@code ami-refresh:lease:3f2a90b1c4d7} = {@code run=weekly-12
 * step=7 since=2026-11-22T19:00:05Z until=2026-11-22T19:30:05Z}. Each controller writes a tag of its own, so that none
 * destroys another's; of several, everyone who reads them names the same one as the holder. Among the runs of one
 * controller its locks decide.
 *
 * @param controller unique among those that work on the same groups
 * @param since when it was first written: the earliest holds the group
 * @param until it counts for nobody after that, so that a controller that died keeps nobody out for long
 */
public record Lease(String controller, String runId, String stepId, Instant since, Instant until) {

    /** The beginning of the tags' names; the controller follows. */
    public static final String PREFIX = "ami-refresh:lease:";

    /** How long a lease counts without being renewed. */
    static final Duration TERM = Duration.ofMinutes(30);

    private static final Pattern FORM = Pattern.compile(
            "run=([^ ]*) step=([^ ]*)" + " since=([0-9]{4}-[0-9:.T-]+Z) until=([0-9]{4}-[0-9:.T-]+Z)(?: .*)?");

    private static final Comparator<Lease> PRECEDENCE =
            Comparator.comparing(Lease::since).thenComparing(Lease::runId).thenComparing(Lease::controller);

    /** A run's lease that begins now. */
    public static Lease from(RunIdentity run, Instant now) {
        Instant since = now.truncatedTo(ChronoUnit.MILLIS);
        return new Lease(run.controller(), word(run.id()), word(run.stepId()), since, since.plus(TERM));
    }

    private static String word(String text) {
        String word = text.replaceAll("[^\\p{L}\\p{N}_.:/=+\\-@]", "_");
        return word.length() > 80 ? word.substring(0, 80) : word;
    }

    /** The leases on a group; a tag that cannot be read is none. */
    static List<Lease> on(GroupObservation group) {
        return on(group.tags());
    }

    private static List<Lease> on(Map<String, String> tags) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().startsWith(PREFIX))
                .flatMap(tag -> parse(tag.getKey(), tag.getValue()).stream())
                .toList();
    }

    private static Optional<Lease> parse(String name, String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Lease(
                        name.substring(PREFIX.length()),
                        matcher.group(1),
                        matcher.group(2),
                        Instant.parse(matcher.group(3)),
                        Instant.parse(matcher.group(4))))
                : Optional.empty();
    }

    /** The lease by which another controller keeps {@code controller} from a group; empty when it may take its own. */
    public static Optional<Lease> ofAnother(String controller, GroupObservation group, Instant now) {
        return ofAnother(controller, group.tags(), now);
    }

    /** The same of anything that has tags. */
    public static Optional<Lease> ofAnother(String controller, Map<String, String> tags, Instant now) {
        return on(tags).stream()
                .filter(lease -> !lease.controller().equals(controller) && lease.isLive(now))
                .min(PRECEDENCE);
    }

    /** Somebody died at work on the group, and nobody has taken it since. */
    public static boolean hasExpiredOn(GroupObservation group, Instant now) {
        return on(group).stream().anyMatch(lease -> !lease.isLive(now));
    }

    /** The lease that counts instead of this one. */
    Optional<Lease> beatenBy(GroupObservation group, Instant now) {
        return beatenBy(group.tags(), now);
    }

    /** The same of anything that has tags. */
    public Optional<Lease> beatenBy(Map<String, String> tags, Instant now) {
        return ofCopy(tags, now).or(() -> ofAnother(controller, tags, now)
                .filter(other -> !isLive(now) || PRECEDENCE.compare(other, this) < 0));
    }

    /**
     * The lease in this one's own tag that a run of a copy of this controller wrote after it: the locks of neither keep the
     * other out. One that is older stood there before, and a read may be late.
     */
    Optional<Lease> ofCopy(Map<String, String> tags, Instant now) {
        return on(tags).stream()
                .filter(other -> other.controller().equals(controller) && other.isLive(now))
                .filter(other -> other.since().isAfter(since)
                        || (other.since().equals(since) && !other.runId().equals(runId)))
                .findFirst();
    }

    /** The names of this lease's tag and of those that have expired. */
    Set<String> toRemove(GroupObservation group, Instant now) {
        return toRemove(group.tags(), now);
    }

    /** The same of anything that has tags. */
    public Set<String> toRemove(Map<String, String> tags, Instant now) {
        Set<String> names = on(tags).stream()
                .filter(lease -> !lease.isLive(now))
                .map(Lease::tagName)
                .collect(Collectors.toSet());
        if (ofCopy(tags, now).isEmpty()) {
            names.add(tagName());
        }
        return names;
    }

    /** It counts. */
    public boolean isLive(Instant now) {
        return now.isBefore(until);
    }

    /** Half of its term is over. */
    public boolean isDue(Instant now) {
        return !now.isBefore(until.minus(TERM.dividedBy(2)));
    }

    /** The same lease for another term. */
    public Lease renewed(Instant now) {
        return new Lease(
                controller,
                runId,
                stepId,
                since,
                now.truncatedTo(ChronoUnit.MILLIS).plus(TERM));
    }

    /** The same run's lease, first written now, and after this one whatever the clock says. */
    public Lease begunAt(Instant now) {
        Instant next = since.plusMillis(1);
        Instant begin = now.isBefore(next) ? next : now.truncatedTo(ChronoUnit.MILLIS);
        return new Lease(controller, runId, stepId, begin, begin.plus(TERM));
    }

    boolean isShownBy(GroupObservation group) {
        return group.tag(tagName()).equals(text());
    }

    /** The name of its tag. */
    public String tagName() {
        return PREFIX + controller;
    }

    /** The value of its tag. */
    public String text() {
        return "run=" + runId + " step=" + stepId + " since=" + since + " until=" + until;
    }

    /** For people. */
    @Override
    public String toString() {
        return holds("the group");
    }

    /** The same of something else. */
    public String holds(String what) {
        return "run " + runId + " of another controller holds " + what + " until "
                + until.truncatedTo(ChronoUnit.SECONDS);
    }
}
