package io.jenkins.plugins.amirefresh.schedule;

import io.jenkins.plugins.amirefresh.schedule.WindowTexts.Otherwise;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a group's maintenance window from its tags.
 *
 * <p>{@code AMI_refresh_day} with {@code AMI_refresh_time}, the team's override, wins over {@code AMI_update_day} with
 * {@code AMI_update_time}; without either the step's window holds, then the environment's default. {@code AMI_update_zone} and
 * {@code AMI_update_duration} apply to whichever it is. Every tag that is there is checked, also one that is overridden.
 */
public final class ScheduleTags {

    /** The day of the default window. */
    public static final String UPDATE_DAY = "AMI_update_day";

    /** The time of the default window. */
    public static final String UPDATE_TIME = "AMI_update_time";

    /** The day of the team's own window. */
    public static final String REFRESH_DAY = "AMI_refresh_day";

    /** The time of the team's own window. */
    public static final String REFRESH_TIME = "AMI_refresh_time";

    /** The time zone of the window. */
    public static final String ZONE = "AMI_update_zone";

    /** How long the window is open. */
    public static final String DURATION = "AMI_update_duration";

    private final WindowDefaults defaults;

    /** A reader with these defaults. */
    public ScheduleTags(WindowDefaults defaults) {
        this.defaults = defaults;
    }

    /** The schedule of a group with these tags in this environment (any case; empty for none). */
    public Schedule read(Map<String, String> tags, String environment) {
        try {
            Otherwise otherwise = new Otherwise(
                    tag(tags, ZONE).map(text -> WindowTexts.zone(name(ZONE), text)),
                    defaults.zone(),
                    tag(tags, DURATION).map(text -> WindowTexts.duration(name(DURATION), text)),
                    defaults.duration());
            Optional<Schedule> update = pair(tags, UPDATE_DAY, UPDATE_TIME, otherwise);
            Optional<Schedule> refresh = pair(tags, REFRESH_DAY, REFRESH_TIME, otherwise);
            return refresh.or(() -> update)
                    .or(() -> ofStep(otherwise))
                    .or(() -> ofEnvironment(environment, otherwise))
                    .orElseGet(() -> unset(environment));
        } catch (UnreadableException e) {
            return new Schedule.Unreadable(e.line());
        }
    }

    private Schedule windows(List<WindowRule> rules, String source) {
        return new Schedule.Windows(new WindowCalendar(rules, defaults.blackout()), source);
    }

    private Schedule unset(String environment) {
        String where = environment.isEmpty()
                ? "and the group has no environment"
                : "and environment '" + environment + "' has no default";
        return new Schedule.Unset("no maintenance window: the tags " + name(UPDATE_DAY) + " and " + name(UPDATE_TIME)
                + " are not set, " + where);
    }

    private Optional<Schedule> pair(Map<String, String> tags, String dayTag, String timeTag, Otherwise otherwise) {
        Optional<String> day = tag(tags, dayTag);
        Optional<String> time = tag(tags, timeTag);
        if (day.isEmpty() && time.isEmpty()) {
            return Optional.empty();
        }
        Optional<Days> days = day.map(text -> WindowTexts.days(name(dayTag), text));
        Optional<List<LocalTime>> times = time.map(text -> WindowTexts.times(name(timeTag), text));
        WindowRule rule = new WindowRule(
                days.orElseThrow(() -> half(timeTag, time.orElse(""), dayTag)),
                times.orElseThrow(() -> half(dayTag, day.orElse(""), timeTag)),
                otherwise.zone().orElse(otherwise.elseZone()),
                otherwise.duration().orElse(otherwise.elseDuration()));
        return Optional.of(windows(List.of(rule), "tags " + name(dayTag) + " and " + name(timeTag)));
    }

    private UnreadableException half(String there, String value, String missing) {
        return new UnreadableException(
                name(there) + ": '" + value + "' is set without " + name(missing) + "; set both tags or neither");
    }

    private Optional<Schedule> ofStep(Otherwise otherwise) {
        String text = defaults.window();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(windows(WindowTexts.rules("window", text, otherwise), "the step's window"));
    }

    private Optional<Schedule> ofEnvironment(String environment, Otherwise otherwise) {
        String key = environment.toLowerCase(Locale.ROOT);
        String subject = "default window of environment '" + key + "'";
        return Optional.ofNullable(defaults.windows().get(key))
                .map(text -> windows(WindowTexts.rules(subject, text, otherwise), subject));
    }

    private Optional<String> tag(Map<String, String> tags, String standardName) {
        return Optional.ofNullable(tags.get(name(standardName))).map(String::trim);
    }

    private String name(String standardName) {
        return defaults.tagNames().getOrDefault(standardName, standardName);
    }
}
