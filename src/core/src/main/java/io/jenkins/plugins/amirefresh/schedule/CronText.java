package io.jenkins.plugins.amirefresh.schedule;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The five fields of cron: minute, hour, day of the month, month, weekday. */
final class CronText {

    static final int FIELDS = 5;

    private static final Pattern FIELD = Pattern.compile("[0-9a-z*,/-]+");
    private static final Pattern PART = Pattern.compile("(?:(\\*)|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:/([0-9]{1,2}))?");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<String> MONTHS =
            List.of("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final int MOST_TIMES = 24;

    private final String subject;
    private final List<String> fields;

    private CronText(String subject, List<String> fields) {
        this.subject = subject;
        this.fields = fields;
    }

    /** The words begin with such fields: no day begins with a digit or a star. */
    static boolean begins(List<String> words) {
        return words.size() >= FIELDS
                && words.get(0).matches("[0-9*].*")
                && !words.get(0).contains(":")
                && words.stream().limit(FIELDS).allMatch(word -> FIELD.matcher(word.toLowerCase(Locale.ROOT))
                        .matches());
    }

    /** The fields that the words begin with. */
    static CronText of(String subject, List<String> words) {
        return new CronText(
                subject,
                words.stream()
                        .limit(FIELDS)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList());
    }

    List<LocalTime> times() {
        List<LocalTime> times = new ArrayList<>();
        for (int hour : values(1, 0, 23, List.of())) {
            for (int minute : values(0, 0, 59, List.of())) {
                times.add(LocalTime.of(hour, minute));
            }
        }
        if (times.size() > MOST_TIMES) {
            throw UnreadableException.of(subject, String.join(" ", fields), "at most " + MOST_TIMES + " times a day");
        }
        return times;
    }

    Days days() {
        Set<DayOfWeek> weekdays = values(4, 0, 7, WEEKDAYS).stream()
                .map(day -> DayOfWeek.of(day % 7 == 0 ? 7 : day))
                .collect(Collectors.toSet());
        boolean areBothAsked = !fields.get(2).startsWith("*") && !fields.get(4).startsWith("*");
        return new Days.OfCron(
                values(2, 1, 31, List.of()),
                values(3, 1, 12, MONTHS),
                weekdays,
                areBothAsked,
                "cron " + String.join(" ", fields) + ", at");
    }

    private Set<Integer> values(int field, int least, int most, List<String> names) {
        Set<Integer> values = new TreeSet<>();
        for (String part : fields.get(field).split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw bad(part, least, most);
            }
            int step = matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4));
            boolean isAll = matcher.group(1) != null;
            int from = isAll ? least : value(matcher.group(2), least, most, names);
            boolean isOne = !isAll && matcher.group(3) == null && matcher.group(4) == null;
            int to = isOne ? from : matcher.group(3) == null ? most : value(matcher.group(3), least, most, names);
            if (step == 0 || to < from) {
                throw bad(part, least, most);
            }
            for (int value = from; value <= to; value += step) {
                values.add(value);
            }
        }
        return values;
    }

    private int value(String text, int least, int most, List<String> names) {
        int named = names.indexOf(text);
        int value = named >= 0 ? named : text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
        if (value < least || value > most) {
            throw bad(text, least, most);
        }
        return value;
    }

    private UnreadableException bad(String part, int least, int most) {
        return UnreadableException.of(
                subject,
                part,
                "in '" + String.join(" ", fields) + "' numbers from " + least + " to " + most
                        + ", as cron takes them: 5, 1-5, 1,3, */2");
    }
}
