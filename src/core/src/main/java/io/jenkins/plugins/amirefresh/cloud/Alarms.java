package io.jenkins.plugins.amirefresh.cloud;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Alarms of CloudWatch. */
public interface Alarms {

    /**
     * The alarms with these names, metric alarms and composite ones; one that does not exist is not in the answer. One call
     * for at most 100 names. Permission: {@code cloudwatch:DescribeAlarms}.
     */
    Map<String, Alarm> named(Collection<String> names);

    /** Names that begin so, at most 100, one call. Permission: {@code cloudwatch:DescribeAlarms}. */
    List<String> beginningWith(String prefix);

    /**
     * An alarm.
     *
     * @param reason AWS's own words for the state
     */
    record Alarm(String name, State state, String reason) {}

    /** What an alarm says. */
    enum State {
        OK,
        ALARM,
        /** Also what this version does not know. */
        INSUFFICIENT_DATA
    }
}
