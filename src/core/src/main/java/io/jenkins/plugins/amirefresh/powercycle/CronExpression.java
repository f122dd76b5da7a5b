package io.jenkins.plugins.amirefresh.powercycle;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A crontab expression of five fields, read on the clocks of a time zone: minute, hour, day of month, month, day of week;
 * where both days are restricted either is enough. A moment that the clocks leave out comes when they jump over it, one that
 * comes twice counts the first time.
 */
public final class CronExpression {

    /** Costly to make, and nothing in it changes when it parses. */
    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int DAY_OF_WEEK = 4;
    private static final Instant ANY_MOMENT = Instant.parse("2026-01-01T00:00:00Z");

    private final String text;
    private final ExecutionTime times;

    private CronExpression(String text, ExecutionTime times) {
        this.text = text;
        this.times = times;
    }

    /**
     * Reads an expression such as {@code 55 17 * * 1-5}, {@code 0 8 * * mon-fri} or {@code @daily}.
     *
     * @throws IllegalArgumentException one line: what is wrong with it
     */
    public static CronExpression parse(String text) {
        String given = text.strip();
        String[] fields =
                NICKNAMES.getOrDefault(given.toLowerCase(Locale.ROOT), given).split("\\s+", -1);
        if (fields.length != DAY_OF_WEEK + 1) {
            throw new IllegalArgumentException(
                    "cron '" + text + "' has not the five fields minute, hour, day of month, month and day of week");
        }
        fields[DAY_OF_WEEK] = weekdays(fields[DAY_OF_WEEK]);
        CronExpression expression = new CronExpression(given, times(text, String.join(" ", fields)));
        if (expression.firstAfter(ANY_MOMENT, ZoneOffset.UTC).isEmpty()) {
            throw new IllegalArgumentException("cron '" + text + "' never comes");
        }
        return expression;
    }

    private static ExecutionTime times(String text, String fields) {
        try {
            return ExecutionTime.forCron(PARSER.parse(fields).validate());
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).replace("Failed to parse cron expression. ", "");
            throw new IllegalArgumentException("cron '" + text + "': " + why, e);
        }
    }

    /** Names as numbers, and a range over the end of the week, {@code fri-mon}, as the two that it is. */
    private static String weekdays(String field) {
        StringBuilder days = new StringBuilder();
        for (String part : field.toUpperCase(Locale.ROOT).split(",", -1)) {
            String[] stepped = part.split("/", 2);
            String[] ends = stepped[0].split("-", 2);
            String range = ends.length < 2 ? day(ends[0]) : range(day(ends[0]), day(ends[1]));
            boolean wraps = range.contains(",") && stepped.length > 1;
            days.append(days.isEmpty() ? "" : ",")
                    .append(wraps ? part : range + (stepped.length > 1 ? "/" + stepped[1] : ""));
        }
        return days.toString();
    }

    private static String day(String name) {
        int index = WEEKDAYS.indexOf(name);
        return index < 0 ? name : Integer.toString(index);
    }

    private static String range(String from, String to) {
        boolean wraps = from.matches("[0-6]") && to.matches("[0-6]") && from.compareTo(to) > 0;
        if (!wraps) {
            return from + "-" + to;
        }
        return from + "-6," + (to.equals("0") ? "0" : "0-" + to);
    }

    /** The last time it came, {@code now} included; empty when that is longer ago than anybody looks. */
    public Optional<Instant> lastAtOrBefore(Instant now, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        LocalDateTime latest = latestShown(now, rules).truncatedTo(ChronoUnit.MINUTES);
        // An expression fires on whole minutes, and what is asked for here lies before a moment, not at it.
        ZonedDateTime local = latest.plusSeconds(1).atZone(ZoneOffset.UTC);
        Optional<ZonedDateTime> last = times.lastExecution(local);
        while (last.isPresent()) {
            Instant moment = moment(last.get().toLocalDateTime(), rules);
            if (!moment.isAfter(now)) {
                return Optional.of(moment);
            }
            last = times.lastExecution(last.get());
        }
        return Optional.empty();
    }

    /** The first time it comes after {@code now}; empty when it does not within any time that counts. */
    public Optional<Instant> firstAfter(Instant now, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        ZonedDateTime local = LocalDateTime.ofInstant(now, rules.getOffset(now)).atZone(ZoneOffset.UTC);
        ZoneOffsetTransition before = rules.previousTransition(now.plusNanos(1));
        if (before != null && before.isGap() && before.getInstant().equals(now)) {
            // What the clocks jump over comes at this very moment.
            local = before.getDateTimeAfter().atZone(ZoneOffset.UTC);
        }
        Optional<ZonedDateTime> next = times.nextExecution(local);
        while (next.isPresent()) {
            Instant moment = moment(next.get().toLocalDateTime(), rules);
            if (moment.isAfter(now)) {
                return Optional.of(moment);
            }
            next = times.nextExecution(next.get());
        }
        return Optional.empty();
    }

    /** The latest time that the clocks have shown up to now: shortly after they were put back that is not what they show. */
    private static LocalDateTime latestShown(Instant now, ZoneRules rules) {
        LocalDateTime shown = LocalDateTime.ofInstant(now, rules.getOffset(now));
        ZoneOffsetTransition before = rules.isFixedOffset() ? null : rules.previousTransition(now.plusNanos(1));
        if (before == null || !before.isOverlap()) {
            return shown;
        }
        Instant repeated = before.getInstant().plus(before.getDuration().abs());
        return now.isBefore(repeated) ? before.getDateTimeBefore().minusNanos(1) : shown;
    }

    private static Instant moment(LocalDateTime shown, ZoneRules rules) {
        ZoneOffsetTransition transition = rules.getTransition(shown);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : shown.toInstant(rules.getValidOffsets(shown).get(0));
    }

    @Override
    public String toString() {
        return text;
    }
}
