package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import io.jenkins.plugins.amirefresh.powercycle.Remainder;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import java.util.List;
import java.util.Locale;

/** An instance or a group as it was read, and where. */
record LocatedTarget(Place place, String account, PowerTarget target) {

    static LocatedTarget of(LocatedGroup located) {
        GroupObservation group = located.group();
        Capacity capacity = group.capacity();
        boolean isUp = capacity.desired() > 0 || capacity.min() > 0;
        String name = group.key().name().value();
        return new LocatedTarget(
                located.place(),
                group.key().account().value(),
                new PowerTarget(
                        Kind.GROUP,
                        name,
                        name,
                        group.tags(),
                        isUp ? Condition.UP : Condition.DOWN,
                        null,
                        "",
                        "",
                        false,
                        capacity,
                        isUp ? Remainder.NONE : Remainder.of(group)));
    }

    /** Every instance of a place that has one of the tags. */
    static List<LocatedTarget> instances(Cloud cloud, Place place, List<String> tags) {
        String account = cloud.account().value();
        return cloud.instancePower().withAnyTag(tags).stream()
                .map(tagged -> new LocatedTarget(place, account, target(tagged)))
                .toList();
    }

    // Source: EC2 User Guide, "Auto Scaling tags": AWS marks the instances of a group with this one.
    private static PowerTarget target(InstancePower.Tagged tagged) {
        return new PowerTarget(
                Kind.INSTANCE,
                tagged.instance().id().value(),
                tagged.tags().getOrDefault("Name", ""),
                tagged.tags(),
                condition(tagged.instance().state()),
                tagged.instance().launchedAt(),
                tagged.tags().getOrDefault("aws:autoscaling:groupName", ""),
                tagged.instanceType(),
                tagged.canHibernate(),
                null,
                Remainder.NONE);
    }

    static Condition condition(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "running" -> Condition.UP;
            case "pending" -> Condition.RISING;
            case "stopped" -> Condition.DOWN;
            default -> Condition.FALLING;
        };
    }

    String key() {
        return PowerItem.key(account, place, target.id());
    }

    boolean isNamed(List<String> names) {
        return names.isEmpty() || NamePattern.anyFits(names, target.id()) || NamePattern.anyFits(names, target.name());
    }
}
