package io.jenkins.plugins.amirefresh.weeks;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/** Windows by chance, each as a text and as what it means. */
final class OpeningMaker {

    static final ZoneId UTC = ZoneId.of("UTC");
    static final Duration USUAL = Duration.ofHours(4);

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/London",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Australia/Sydney",
            "Pacific/Auckland",
            "America/St_Johns",
            "Africa/Cairo");
    private static final List<String> LENGTHS = List.of("10m", "30m", "1h", "4h", "90m", "12h", "30h", "PT2H");
    private static final List<String> WEEKS = List.of("first", "second", "third", "fourth");

    private final Random random;

    OpeningMaker(Random random) {
        this.random = random;
    }

    /** As a pair of tags can say it, in UTC and for four hours. */
    Opening ofTags() {
        return switch (random.nextInt(8)) {
            case 0 -> nth();
            case 1, 2 -> range();
            case 3, 4 -> several();
            default -> of(cased(name(day())), times());
        };
    }

    /** A window that text says, as a step or an environment may have it: with what it means. */
    record Text(String text, Opening opening, boolean saysZone, boolean saysLength) {}

    Text ofStep() {
        boolean isCron = random.nextInt(4) == 0;
        Opening opening = isCron ? cron() : ofTags();
        ZoneId zone = zone();
        String length = length();
        boolean saysLength = random.nextBoolean();
        boolean saysZone = random.nextBoolean();
        String when = isCron
                ? opening.days()
                : opening.days().replace('/', ',') + " " + opening.at().replace('/', ',');
        return new Text(
                when + (saysLength ? " " + length : "") + (saysZone ? " " + zone : ""),
                opening.in(saysZone ? zone : UTC, saysLength ? duration(length) : USUAL),
                saysZone,
                saysLength);
    }

    ZoneId zone() {
        return ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    }

    String length() {
        return LENGTHS.get(random.nextInt(LENGTHS.size()));
    }

    static Duration duration(String text) {
        return Duration.parse(text.startsWith("PT") ? text : "PT" + text.toUpperCase(Locale.ROOT));
    }

    /** What days of a text mean: one word for each day, nothing else. */
    static Opening plain(String day, String time) {
        DayOfWeek wanted = List.of(DayOfWeek.values()).stream()
                .filter(one -> name(one).equals(day))
                .findFirst()
                .orElseThrow();
        return new Opening(day, date -> date.getDayOfWeek() == wanted, List.of(LocalTime.parse(time)), UTC, USUAL);
    }

    private record Named(String text, Predicate<LocalDate> on) {}

    private Opening of(Named named, List<LocalTime> times) {
        return new Opening(named.text(), named.on(), times, UTC, USUAL);
    }

    private Opening of(String text, List<LocalTime> times) {
        return of(new Named(text, date -> name(date.getDayOfWeek()).equals(text.toLowerCase(Locale.ROOT))), times);
    }

    private Opening several() {
        List<String> names = new ArrayList<>();
        for (int days = 2 + random.nextInt(2); days > 0; days--) {
            names.add(name(day()));
        }
        return of(
                new Named(cased(String.join("/", names)), date -> names.contains(name(date.getDayOfWeek()))), times());
    }

    private Opening range() {
        DayOfWeek first = day();
        int more = 1 + random.nextInt(4);
        List<String> names = new ArrayList<>();
        for (int plus = 0; plus <= more; plus++) {
            names.add(name(first.plus(plus)));
        }
        String text = cased(names.get(0) + "-" + names.get(more));
        return of(new Named(text, date -> names.contains(name(date.getDayOfWeek()))), times());
    }

    private Opening nth() {
        DayOfWeek day = day();
        int plus = random.nextBoolean() ? 0 : 1 + random.nextInt(9);
        int week = random.nextInt(WEEKS.size() + 1);
        String text = (week == WEEKS.size() ? "last" : WEEKS.get(week)) + " " + name(day)
                + (plus == 0 ? "" : " +" + plus + "d");
        return of(
                new Named(cased(text), date -> {
                    LocalDate counted = date.minusDays(plus);
                    boolean isWeek = week == WEEKS.size()
                            ? counted.plusDays(7).getMonthValue() != counted.getMonthValue()
                            : (counted.getDayOfMonth() - 1) / 7 == week;
                    return counted.getDayOfWeek() == day && isWeek;
                }),
                times());
    }

    private Opening cron() {
        LocalTime time = time();
        DayOfWeek day = day();
        int ofMonth = 1 + random.nextInt(28);
        String at = time.getMinute() + " " + time.getHour();
        Named named =
                switch (random.nextInt(3)) {
                    case 0 -> new Named(at + " * * " + name(day), date -> date.getDayOfWeek() == day);
                    case 1 -> new Named(at + " */3 * *", date -> (date.getDayOfMonth() - 1) % 3 == 0);
                    default ->
                        new Named(
                                at + " " + ofMonth + " * " + day.getValue() % 7,
                                date -> date.getDayOfMonth() == ofMonth || date.getDayOfWeek() == day);
                };
        return of(named, List.of(time));
    }

    private DayOfWeek day() {
        return DayOfWeek.of(1 + random.nextInt(7));
    }

    private List<LocalTime> times() {
        return random.nextInt(4) == 0
                ? List.of(time(), time()).stream().distinct().sorted().toList()
                : List.of(time());
    }

    /** Often at night, when clocks change. */
    private LocalTime time() {
        return LocalTime.of(random.nextBoolean() ? random.nextInt(4) : random.nextInt(24), random.nextInt(4) * 15);
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private String cased(String text) {
        return random.nextInt(4) == 0 ? text.toUpperCase(Locale.ROOT) : text;
    }
}
