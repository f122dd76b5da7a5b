package io.jenkins.plugins.amirefresh.faultruns;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What is peculiar about a world, beside its {@link Theme}. */
enum Kind {
    /** Groups behind a load balancer of which AWS only looks at the machines. */
    EC2_CHECKS,
    /** No grace period and no warmup. */
    NO_GRACE,
    /** Applications that answer minutes after their machine runs. */
    SLOW_APPLICATION,
    /** Target groups that send new targets their share of requests little by little. */
    SLOW_START,
    /** Launch hooks that take as long as their heartbeat allows. */
    LONG_HOOK,
    /** Launch hooks that nobody answers, and that give up then. */
    ABANDONED_HOOK,
    /** Instances that drain for an hour or more. */
    LONG_DRAIN,
    /** Groups behind several target groups. */
    SEVERAL_TARGET_GROUPS,
    /** Any process is suspended. */
    SUSPENDED,
    /** Several accounts and regions. */
    SEVERAL_PLACES,
    /** Answers of Auto Scaling are older than the last change. */
    STALE_READS,
    /** Groups that run in Capacity Reservations. */
    RESERVATIONS,
    /** A zone in which nothing can be launched. */
    FULL_ZONE,
    /** Two controllers work on the same groups. */
    TWO_CONTROLLERS,
    /** Overrides with a launch template of their own. */
    OVERRIDE_TEMPLATE,
    /** Overrides with an image of their own. */
    OVERRIDE_IMAGE,
    /** Groups without instances. */
    ZERO,
    /** Schedules that send a group to 0 and back. */
    SCHEDULE,
    /** A group that is being deleted. */
    BEING_DELETED,
    /** Images, versions and templates that vanish. */
    VANISHING,
    /** Others move a template's default. */
    MOVED_DEFAULT,
    /** Groups with hardly any room for a tag. */
    TAG_LIMIT;

    /** How many worlds of a hundred have one, and how many of those another one. */
    private static final int WITH_ONE = 80;

    private static final int WITH_ANOTHER = 25;

    static Set<Kind> of(Dice dice) {
        List<Kind> all = Stream.of(values()).toList();
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (dice.between(1, 100) <= WITH_ONE) {
            kinds.add(dice.one(all));
        }
        if (dice.between(1, 100) <= WITH_ANOTHER) {
            kinds.add(dice.one(all));
        }
        kinds.removeAll(Waiting.KINDS);
        return kinds;
    }

    /** Its name in the figures. */
    String trait() {
        return "kind:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those that every run has to see. */
    static Stream<String> required() {
        return Stream.of(values()).filter(kind -> !Waiting.KINDS.contains(kind)).map(Kind::trait);
    }
}
