package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.truth.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a world was a little while ago, which is what a stale answer shows. */
final class Recent {

    /** How often a look is kept. */
    static final Duration STEP = Duration.ofSeconds(3);

    private final boolean isStale;
    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(Instant at, Truth truth) {}

    Recent(World.Nature nature) {
        this.isStale = nature.has(Kind.STALE_READS);
    }

    boolean isKept() {
        return isStale;
    }

    void add(Instant at, Truth truth) {
        if (isStale) {
            looks.addLast(new Look(at, truth));
            forgetBefore(at.minusSeconds(TroubleMaker.STALEST));
        }
    }

    /** What answers may show; nothing where they are not stale. */
    List<Truth> truths() {
        return looks.stream().map(Look::truth).toList();
    }

    /** The look that was the last one at the moment stays. */
    private void forgetBefore(Instant moment) {
        while (looks.size() > 1) {
            Look first = looks.removeFirst();
            if (looks.getFirst().at().isAfter(moment)) {
                looks.addFirst(first);
                return;
            }
        }
    }

    /**
     * Who may have seemed healthy: in service by one look, well to the load balancer by another, since answers about both
     * are of moments of their own; nobody where answers are not stale.
     */
    SortedSet<String> seemedHealthy(Truth.Group group) {
        SortedSet<String> inService =
                seen(group, instance -> instance.isWell() && instance.state().equals("InService"));
        inService.retainAll(seen(group, instance -> !group.isBalanced() || instance.isBalanced()));
        return inService;
    }

    /** By how much a stale answer may have shown less desired capacity than there is: who sets what is there overtakes others. */
    int concealedDesired(String group, int desired) {
        return looks.stream()
                .flatMap(look -> Stream.ofNullable(look.truth().groups().get(group)))
                .mapToInt(shown -> desired - shown.desired())
                .filter(less -> less > 0)
                .max()
                .orElse(0);
    }

    /** An answer may show an instance that leaves as one that stays. */
    boolean showsStaying(String group, String id) {
        return looks.stream()
                .flatMap(look -> Stream.ofNullable(look.truth().groups().get(group)))
                .flatMap(shown -> shown.instances().stream())
                .anyMatch(instance -> instance.id().equals(id) && !instance.isLeaving());
    }

    /** A stale answer may show this instance as one that serves nobody: whoever ends it takes nobody away, as far as he can see. */
    boolean showsUnwell(String group, String id) {
        return looks.stream()
                .flatMap(look -> Stream.ofNullable(look.truth().groups().get(group)))
                .anyMatch(shown -> shown.instances().stream()
                        .anyMatch(instance -> instance.id().equals(id)
                                && (!instance.isWell() || (shown.isBalanced() && !instance.isBalanced()))));
    }

    private SortedSet<String> seen(Truth.Group group, Predicate<Truth.Instance> how) {
        return looks.stream()
                .flatMap(look -> Stream.ofNullable(look.truth().groups().get(group.name())))
                .flatMap(shown -> shown.instances().stream())
                .filter(how)
                .map(Truth.Instance::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
