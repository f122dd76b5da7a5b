package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.NamePattern;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import io.jenkins.plugins.amirefresh.powercycle.Remainder;
import io.jenkins.plugins.amirefresh.step.fleet.LocatedGroup;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An instance or a group as it was read, and where. */
record LocatedTarget(Place place, String account, PowerTarget target) {

    static LocatedTarget of(LocatedGroup located) {
        GroupObservation group = located.group();
        Capacity capacity = group.capacity();
        boolean isUp = isUp(group);
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

    /** It wants instances. */
    static boolean isUp(GroupObservation group) {
        return group.capacity().desired() > 0 || group.capacity().min() > 0;
    }

    static LocatedTarget of(Place place, String account, InstancePower.Tagged tagged) {
        return new LocatedTarget(place, account, target(tagged));
    }

    /** An instance of which nothing but its condition, and the tags that matter, is known. */
    static LocatedTarget asItShouldBe(
            Place place, String account, InstanceId id, Map<String, String> tags, Condition condition) {
        return new LocatedTarget(
                place,
                account,
                new PowerTarget(
                        Kind.INSTANCE, id.value(), "", tags, condition, null, "", "", false, null, Remainder.NONE));
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
