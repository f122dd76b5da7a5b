package io.jenkins.plugins.amirefresh.truth;

import io.jenkins.plugins.amirefresh.truth.Truth.Group;
import io.jenkins.plugins.amirefresh.truth.Truth.Instance;
import io.jenkins.plugins.amirefresh.truth.Truth.Launch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares what a run says with what is: every row with its group, the rows with the groups that should have one, the
 * build's verdict with its worst group.
 */
public final class TruthJudge {

    private static final List<String> VERDICTS = List.of("SUCCESS", "UNSTABLE", "FAILURE");
    private static final List<String> GONE = List.of("gone", "no longer", "not exist", "cannot launch", "deregister");

    /** Nothing was to be done. */
    private static final Pattern DONE = Pattern.compile("^all instances .*version ([0-9]+).* already");

    private final BiPredicate<Row, Instance> leftAlone;
    private final BiPredicate<Group, Instance> serves;

    /**
     * @param leftAlone instances that need not be as the row says, because somebody asked for that
     * @param serves whether an instance does its group's work, as far as anybody could tell
     */
    public TruthJudge(BiPredicate<Row, Instance> leftAlone, BiPredicate<Group, Instance> serves) {
        this.leftAlone = leftAlone;
        this.serves = serves;
    }

    /** For rows that name the instances that were left alone. */
    public static TruthJudge ofRows() {
        return new TruthJudge((row, instance) -> row.reason().contains(instance.id()), TruthJudge::seemsToServe);
    }

    /** Whether an instance does its group's work as far as anybody can tell: behind no balancer nobody sees it fail. */
    public static boolean seemsToServe(Group group, Instance instance) {
        return group.isBalanced() ? instance.isServing() : instance.isHealthy();
    }

    /**
     * What is not as a row says.
     *
     * @param now its group, as it was when the row was given
     */
    public List<String> lies(Row row, Truth truth, Group now) {
        if (row.isRefreshed()) {
            return brought(row, truth, now, row.to());
        }
        if (row.isRolledBack()) {
            return brought(row, truth, now, row.from());
        }
        Matcher done = DONE.matcher(row.reason());
        if (row.outcome().equals("skipped") && done.find()) {
            long version = Long.parseLong(done.group(1));
            return unlike(row, now, version, imageOf(truth, now, version)).toList();
        }
        return row.outcome().equals("failed") ? left(row, now) : List.of();
    }

    private static Optional<String> imageOf(Truth truth, Group now, long version) {
        return truth.template(now)
                .flatMap(template -> template.image(version))
                .or(() -> version == now.next().version()
                        ? Optional.ofNullable(now.next().image())
                        : Optional.empty());
    }

    /** Instances that run another image than that of the version. */
    private Stream<String> unlike(Row row, Group now, long version, Optional<String> wanted) {
        Function<Instance, String> image = instance -> wantedOf(now, instance, wanted);
        return now.instances().stream()
                .filter(instance -> !instance.isLeaving() && !instance.isWarmed() && !leftAlone.test(row, instance))
                .filter(instance -> !(row.isRolledBack() && isOfItsOverride(now, instance)))
                .filter(instance -> wanted.isEmpty()
                        ? instance.version() != version
                        : !instance.image().equals(image.apply(instance)))
                .map(instance -> instance.id() + " runs " + instance.image() + " instead of " + image.apply(instance));
    }

    /** Every instance runs the image of the version and serves, as many as desired, and new ones will be the same. */
    private List<String> brought(Row row, Truth truth, Group now, long version) {
        Optional<String> wanted = imageOf(truth, now, version);
        List<String> lies = new ArrayList<>();
        unlike(row, now, version, wanted).forEach(lies::add);
        now.counting().stream()
                .filter(instance -> !serves.test(now, instance) && !leftAlone.test(row, instance))
                .map(instance -> instance.id() + " does not serve")
                .forEach(lies::add);
        int serving = now.counting().stream()
                .filter(instance -> serves.test(now, instance) || leftAlone.test(row, instance))
                .mapToInt(Instance::weight)
                .sum();
        if (serving < now.desired()) {
            lies.add("fewer serve than the " + now.desired() + " desired");
        }
        now.overrides().stream()
                .filter(override -> row.isRefreshed())
                .flatMap(override -> behind(now, truth, override))
                .forEach(lies::add);
        if (now.next().image() == null) {
            // Others took away what the group was brought to; a way back that is gone is another matter.
            if (row.isRolledBack() || wanted.isPresent()) {
                lies.add("new instances cannot be launched");
            }
        } else if (!Optional.of(now.next().image()).equals(wanted)) {
            lies.add("new instances run " + now.next().image() + " instead of " + wanted.orElse("version " + version));
        }
        return lies;
    }

    /** On the way back an override's own image is as good as it says: no version tells. */
    private static boolean isOfItsOverride(Group now, Instance instance) {
        return now.overrides().stream()
                .anyMatch(override -> override.instanceType().equals(instance.instanceType())
                        && override.ami().equals(instance.ami()));
    }

    /** What an override launches by a template of its own is as good as the group's, when it is what that one says now. */
    private static String wantedOf(Group now, Instance instance, Optional<String> wanted) {
        return now.overrides().stream()
                .filter(override ->
                        override.image() != null && override.template().equals(instance.template()))
                .map(Launch::image)
                .findFirst()
                .or(() -> wanted)
                .orElse("");
    }

    /** An override's own template has to be brought along. */
    private static Stream<String> behind(Group now, Truth truth, Launch override) {
        return Stream.ofNullable(truth.templates().get(now.place() + "/" + override.template()))
                .flatMap(
                        template -> template.images().values().stream()
                                .flatMap(Optional::stream)
                                .reduce((earlier, later) -> later)
                                .stream())
                .filter(newest -> !newest.equals(override.image()))
                .map(newest -> "an override launches " + override.image() + " instead of " + newest);
    }

    /** A group that was left half-way may launch either version, or what its row names; and something at all. */
    private static List<String> left(Row row, Group now) {
        List<String> lies = new ArrayList<>();
        String reason = row.reason().toLowerCase(Locale.ROOT);
        if (now.next().image() == null && GONE.stream().noneMatch(reason::contains)) {
            lies.add("new instances cannot be launched, and the row does not say so");
        }
        boolean isKnown = row.from() == 0
                || row.to() == 0
                || List.of(row.from(), row.to(), 0L).contains(now.next().version());
        if (!isKnown && !reason.contains("version " + now.next().version())) {
            lies.add("new instances are of version " + now.next().version() + ", and the row does not say so");
        }
        return lies;
    }

    /**
     * Groups without a row, or with more than one.
     *
     * @param families those that the run works on
     * @param places accounts and regions that the run works in, with slashes
     */
    public static List<String> missing(Truth truth, Set<String> families, Set<String> places, Collection<Row> rows) {
        Map<String, Long> counts = rows.stream().collect(Collectors.groupingBy(Row::key, Collectors.counting()));
        SortedSet<String> lies = new TreeSet<>();
        for (Group group : truth.groups().values()) {
            boolean isSelected = places.contains(group.place())
                    && truth.template(group)
                            .filter(template -> families.contains(template.family()))
                            .isPresent();
            if (isSelected && !counts.containsKey(group.key())) {
                lies.add(group.key() + " has no row");
            }
        }
        counts.forEach((key, count) -> {
            if (count > 1) {
                lies.add(key + " has " + count + " rows");
            }
        });
        return List.copyOf(lies);
    }

    /** The verdict when it is better than the worst row; empty when it is not. */
    public static Optional<String> flattery(String result, Collection<Row> rows) {
        int said = Math.max(0, VERDICTS.indexOf(result));
        return result.equals("ABORTED")
                ? Optional.empty()
                : rows.stream()
                        .filter(row -> row.weight() > said)
                        .findFirst()
                        .map(row -> "the verdict is " + result + ", and " + row.key() + " is " + row.outcome());
    }

    /** All that a report says which the end of its world does not bear out. */
    public List<String> lies(String result, Collection<Row> rows, Truth end) {
        Stream<String> ofRows = rows.stream()
                .flatMap(row -> Stream.ofNullable(end.groups().get(row.key()))
                        .flatMap(group -> lies(row, end, group).stream()
                                .map(lie -> row.key() + " is " + row.outcome() + ", but " + lie)));
        return Stream.concat(ofRows, flattery(result, rows).stream()).toList();
    }
}
