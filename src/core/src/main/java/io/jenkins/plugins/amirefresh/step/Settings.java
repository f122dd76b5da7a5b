package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.schedule.ScheduleTags;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The host's defaults, overridden by a step's parameters.
 *
 * @param regions where to work, in order; empty means the region of the environment
 * @param accounts how to reach the accounts; never empty
 * @param windows default window by environment, {@code sun 19:00}; the keys are lower case
 * @param zone the time zone of windows that name none
 * @param windowDuration how long a window is open unless a tag says otherwise
 * @param tagNames configured name by standard name, for the tags we read; a name that is missing is the standard one
 * @param slackChannel empty for the step's own default
 */
public record Settings(
        List<AwsRegion> regions,
        List<AccountAccess> accounts,
        Map<String, String> windows,
        ZoneId zone,
        Duration windowDuration,
        Map<String, String> tagNames,
        String slackChannel) {

    /** The standard names of the tags we read. */
    public static final List<String> TAGS = List.of(
            "Environment",
            ScheduleTags.UPDATE_DAY,
            ScheduleTags.UPDATE_TIME,
            ScheduleTags.REFRESH_DAY,
            ScheduleTags.REFRESH_TIME,
            ScheduleTags.ZONE,
            ScheduleTags.DURATION,
            "autorecycle_recycle_on_asg_update",
            "autorecycle_dry_run",
            "autorecycle_strategy",
            "autorecycle_override_component_name",
            "autorecycle_step_function_name",
            "autorecycle_slack_monitoring_channel",
            "autorecycle_notify_pager_duty",
            "autorecycle_team");

    /** Copies the collections. */
    public Settings {
        regions = List.copyOf(regions);
        accounts = List.copyOf(accounts);
        windows = Map.copyOf(windows);
        tagNames = Map.copyOf(tagNames);
    }
}
