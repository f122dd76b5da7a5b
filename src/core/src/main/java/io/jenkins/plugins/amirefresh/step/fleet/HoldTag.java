package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a group came to that holds later waves, on the group itself, so that another build, also of another controller, knows:
 * {@code rolled back in weekly-12}. It goes when the group is refreshed and works, or when somebody releases it.
 */
public final class HoldTag {

    /** The tag's name. */
    public static final String NAME = "ami-refresh:hold";

    private static final String TESTS = "tests ";

    private HoldTag() {}

    /** What holds, for people; empty when the group holds nobody. */
    public static Optional<String> of(GroupObservation group) {
        return Optional.of(group.tag(NAME)).filter(text -> !text.isEmpty());
    }

    /**
     * The group holds later waves from now on.
     *
     * @param what for example {@code rolled back}
     */
    public static void put(StepHost host, LocatedGroup located, String what) {
        put(host, located, what, host.run().id());
    }

    /** The same for what another run did. */
    static void put(StepHost host, LocatedGroup located, String what, String runId) {
        String value = what + " in " + runId;
        if (!value.equals(located.group().tag(NAME))) {
            changing(
                    host,
                    located,
                    groups -> groups.putTags(located.group().key().name(), Map.of(NAME, value)));
        }
    }

    /** A test passed: a hold goes that a test put there; one of a group that went back stays, since its old version passed. */
    public static void removeOfTest(StepHost host, LocatedGroup located) {
        if (of(located.group()).filter(text -> text.startsWith(TESTS)).isPresent()) {
            remove(host, located);
        }
    }

    /** A test did not pass, by its verdict in a word. */
    public static void putOfTest(StepHost host, LocatedGroup located, String verdict) {
        put(host, located, TESTS + verdict);
    }

    /** The group holds nobody any more. */
    public static void remove(StepHost host, LocatedGroup located) {
        if (of(located.group()).isPresent()) {
            changing(
                    host,
                    located,
                    groups -> groups.removeTags(located.group().key().name(), Set.of(NAME)));
        }
    }

    private interface Change {
        void on(AutoScalingGroups groups);
    }

    /** A group without room for the tag, or whose tags may not be changed, goes without: its row says the same. */
    private static void changing(StepHost host, LocatedGroup located, Change change) {
        try {
            change.on(host.cloud(located.place().access(), located.place().region())
                    .autoScalingGroups());
        } catch (CloudException e) {
            if (e.isTransient()) {
                throw e;
            }
            host.log(located.group().key().name() + ": tag " + NAME
                    + " could not be changed, so later builds will not know: " + e.getMessage());
        }
    }
}
