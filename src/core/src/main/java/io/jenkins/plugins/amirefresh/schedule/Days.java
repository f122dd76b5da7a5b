package io.jenkins.plugins.amirefresh.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** On which days windows open. A window belongs to the day it opens on, also when it runs over midnight. */
public sealed interface Days {

    /** A window opens on this day. */
    boolean has(LocalDate date);

    /** As people write it. */
    String text();

    /** Every week on these days. */
    record OfWeek(Set<DayOfWeek> days) implements Days {

        /** Copies the days. */
        public OfWeek {
            days = Set.copyOf(days);
        }

        @Override
        public boolean has(LocalDate date) {
            return days.contains(date.getDayOfWeek());
        }

        @Override
        public String text() {
            List<String> names = new ArrayList<>();
            EnumSet.copyOf(days).forEach(day -> names.add(name(day)));
            return String.join(",", names);
        }
    }

    /**
     * Every month, some days after its first, second, third, fourth or last one of a weekday: {@code second tue +3d}.
     *
     * @param week 1 to 4, or {@link #LAST}
     * @param plus days after it, also into the next month
     */
    record OfMonth(int week, DayOfWeek day, int plus) implements Days {

        /** The last week of the month. */
        public static final int LAST = -1;

        static final List<String> WEEKS = List.of("first", "second", "third", "fourth", "last");

        @Override
        public boolean has(LocalDate date) {
            LocalDate counted = date.minusDays(plus);
            return counted.equals(counted.with(TemporalAdjusters.dayOfWeekInMonth(week, day)));
        }

        @Override
        public String text() {
            String name = WEEKS.get(week == LAST ? WEEKS.size() - 1 : week - 1);
            return name + " " + name(day) + (plus == 0 ? "" : " +" + plus + "d");
        }
    }

    /**
     * As cron has it: where both a day of the month and a weekday are asked for, one of them is enough.
     *
     * @param text the day fields as they were written
     */
    record OfCron(
            Set<Integer> daysOfMonth, Set<Integer> months, Set<DayOfWeek> daysOfWeek, boolean oneIsEnough, String text)
            implements Days {

        /** Copies the sets. */
        public OfCron {
            daysOfMonth = Set.copyOf(new TreeSet<>(daysOfMonth));
            months = Set.copyOf(months);
            daysOfWeek = Set.copyOf(daysOfWeek);
        }

        @Override
        public boolean has(LocalDate date) {
            boolean isDay = daysOfMonth.contains(date.getDayOfMonth());
            boolean isWeekday = daysOfWeek.contains(date.getDayOfWeek());
            return months.contains(date.getMonthValue()) && (oneIsEnough ? isDay || isWeekday : isDay && isWeekday);
        }
    }

    /** {@code mon}. */
    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }
}
