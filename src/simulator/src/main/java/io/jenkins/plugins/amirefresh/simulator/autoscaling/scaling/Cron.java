package io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling;

import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A Unix cron expression of five fields in a time zone. Source: EC2 Auto Scaling API Reference,
 * "PutScheduledUpdateGroupAction": minute, hour, day of month, month, day of week.
 */
public final class Cron {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FIELDS = 5;
    private static final int LONGEST_SEARCH_DAYS = 366 * 8;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean anyDay;
    private final boolean anyWeekday;
    private final ZoneId zone;

    /**
     * Reads an expression, for example {@code 30 6 * * 1-5}.
     *
     * @throws io.jenkins.plugins.amirefresh.simulator.kernel.AwsError {@code ValidationError} when it is none
     */
    public Cron(String expression, ZoneId zone) {
        String[] fields = expression.strip().split("\\s+", -1);
        if (fields.length != FIELDS) {
            throw bad(expression);
        }
        this.zone = zone;
        minutes = field(expression, fields[0], 0, 59, List.of());
        hours = field(expression, fields[1], 0, 23, List.of());
        days = field(expression, fields[2], 1, 31, List.of());
        months = field(expression, fields[3], 1, 12, MONTHS);
        weekdays = field(expression, fields[4].replace("7", "0"), 0, 6, DAYS);
        anyDay = fields[2].startsWith("*");
        anyWeekday = fields[4].startsWith("*");
    }

    private static RuntimeException bad(String expression) {
        return Fields.invalid("Given recurrence string: " + expression + " is invalid");
    }

    private static BitSet field(String expression, String text, int lowest, int highest, List<String> names) {
        BitSet allowed = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            String[] ends = stepped[0].split("-", -1);
            try {
                int step = stepped.length > 1 ? Integer.parseInt(stepped[1]) : 1;
                boolean all = stepped[0].equals("*");
                int from = all ? lowest : number(ends[0], lowest, names);
                boolean open = all || (stepped.length > 1 && ends.length == 1);
                int to = open ? highest : number(ends[ends.length - 1], lowest, names);
                if (from < lowest || to > highest || from > to || step < 1) {
                    throw bad(expression);
                }
                for (int value = from; value <= to; value += step) {
                    allowed.set(value);
                }
            } catch (NumberFormatException notANumber) {
                throw bad(expression);
            }
        }
        return allowed;
    }

    private static int number(String text, int lowest, List<String> names) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        return named >= 0 ? named + lowest : Integer.parseInt(text);
    }

    /** The first moment after {@code after}, empty when there is none within eight years. */
    public Optional<Instant> next(Instant after) {
        ZonedDateTime moment =
                after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        ZonedDateTime last = moment.plusDays(LONGEST_SEARCH_DAYS);
        while (moment.isBefore(last)) {
            if (!isDay(moment)) {
                moment = moment.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!hours.get(moment.getHour())) {
                moment = moment.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!minutes.get(moment.getMinute()) || isSecondPass(moment)) {
                moment = moment.plusMinutes(1);
            } else {
                return Optional.of(moment.toInstant());
            }
        }
        return Optional.empty();
    }

    /** In the hour that comes twice when summer time ends, only the first one counts. */
    private static boolean isSecondPass(ZonedDateTime moment) {
        return !moment.isEqual(moment.withEarlierOffsetAtOverlap());
    }

    /** When day and weekday are both restricted, either is enough, as in cron. */
    private boolean isDay(ZonedDateTime moment) {
        boolean day = days.get(moment.getDayOfMonth());
        boolean weekday = weekdays.get(moment.getDayOfWeek().getValue() % 7);
        boolean restricted = !anyDay && !anyWeekday;
        boolean fits = restricted ? (day || weekday) : (day && weekday);
        return fits && months.get(moment.getMonthValue());
    }
}
