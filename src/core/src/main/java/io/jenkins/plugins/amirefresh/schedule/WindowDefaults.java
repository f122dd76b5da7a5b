package io.jenkins.plugins.amirefresh.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/**
 * What holds for a group whose tags do not say otherwise.
 *
 * @param window for groups without tags, before what their environments have; empty for none
 * @param windows {@code sun 19:00} by environment, keys in lower case
 * @param blackout for all groups
 * @param zone the time zone of windows that name none
 * @param duration how long a window is open
 * @param tagNames configured name by standard name; a name that is missing is the standard one
 */
public record WindowDefaults(
        String window,
        Map<String, String> windows,
        ZoneId zone,
        Duration duration,
        Map<String, String> tagNames,
        Blackout blackout) {

    /** Copies the maps. */
    public WindowDefaults {
        windows = Map.copyOf(windows);
        tagNames = Map.copyOf(tagNames);
    }
}
