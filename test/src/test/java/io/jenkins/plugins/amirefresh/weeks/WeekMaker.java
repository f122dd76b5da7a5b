package io.jenkins.plugins.amirefresh.weeks;

import io.jenkins.plugins.amirefresh.weeks.OpeningMaker.Text;
import io.jenkins.plugins.amirefresh.weeks.WeekGroup.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Weeks by chance: the same seed is the same week. */
final class WeekMaker {

    /** Weeks in which clocks change somewhere, years and months end, or nothing is the matter. */
    private static final List<String> MONDAYS = List.of(
            "2026-03-02",
            "2026-03-23",
            "2026-03-30",
            "2026-04-20",
            "2026-09-21",
            "2026-10-19",
            "2026-10-26",
            "2026-11-16",
            "2026-12-21",
            "2026-12-28",
            "2027-02-22",
            "2028-02-24");

    private static final List<String> ENVIRONMENTS = List.of("sandbox", "dev", "qa", "prod");
    private static final Map<String, Opening> USUAL = Map.of(
            "sandbox", OpeningMaker.plain("sun", "19:00"),
            "dev", OpeningMaker.plain("sun", "19:00"),
            "qa", OpeningMaker.plain("mon", "15:00"),
            "prod", OpeningMaker.plain("wed", "15:00"));
    private static final List<String> STRATEGIES =
            List.of("auto", "out-in", "in-out", "rolling", "canary", "instance-refresh");

    private final long seed;
    private final Random random;
    private final OpeningMaker openings;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Instant start;
    private Predicate<LocalDate> dark = date -> false;

    private WeekMaker(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 31 + 7);
        this.openings = new OpeningMaker(random);
        this.start = LocalDate.parse(MONDAYS.get(random.nextInt(MONDAYS.size())))
                .atStartOfDay()
                .plusMinutes(random.nextInt(7 * 24 * 60))
                .toInstant(ZoneOffset.UTC);
    }

    static Week of(long seed) {
        return new WeekMaker(seed).make();
    }

    private Week make() {
        Week.Mode mode =
                random.nextInt(10) == 0 ? Week.Mode.IGNORE : random.nextInt(5) == 0 ? Week.Mode.DUE : Week.Mode.WAIT;
        Text window = random.nextInt(3) == 0 ? openings.ofStep() : null;
        if (window != null) {
            parameters.put("window", window.text());
        }
        blackout();
        boolean isTested = random.nextInt(3) == 0;
        List<WeekGroup> groups = new ArrayList<>();
        for (int number = 1 + random.nextInt(6); number > 0; number--) {
            groups.add(group("g" + number, window, isTested && random.nextInt(5) == 0));
        }
        step(mode, groups.size(), isTested);
        return new Week(
                seed,
                start,
                builds(mode),
                mode,
                groups,
                parameters,
                dark,
                mode == Week.Mode.WAIT && random.nextInt(4) == 0
                        ? Map.of(start.plusSeconds(random.nextInt(7 * 86_400)), Duration.ofMinutes(random.nextInt(600)))
                        : Map.of(),
                random.nextInt(3) == 0 ? Map.of(1 + random.nextInt(30), random.nextBoolean()) : Map.of(),
                random.nextInt(4) == 0 ? 1 + random.nextInt(10) : 0,
                random.nextInt(4) == 0 ? -1 - random.nextInt(40) : random.nextInt(40));
    }

    private List<Instant> builds(Week.Mode mode) {
        return mode == Week.Mode.DUE
                ? Stream.iterate(start, at -> at.plusSeconds(3600))
                        .limit(24 + random.nextInt(24))
                        .toList()
                : List.of(start);
    }

    private void blackout() {
        if (random.nextInt(3) > 0) {
            return;
        }
        LocalDate first = start.atZone(ZoneOffset.UTC).toLocalDate().plusDays(random.nextInt(7));
        LocalDate last = first.plusDays(random.nextInt(3));
        boolean isYearly = random.nextBoolean();
        String text = isYearly
                ? MonthDay.from(first).toString().substring(2) + ".."
                        + MonthDay.from(last).toString().substring(2)
                : first + ".." + last;
        parameters.put("blackout", first.equals(last) ? text.substring(0, text.indexOf("..")) : text);
        dark = date -> !date.isBefore(first) && !date.isAfter(last);
    }

    private void step(Week.Mode mode, int groups, boolean isTested) {
        parameters.put("windows", mode.name().toLowerCase(Locale.ROOT));
        if (mode == Week.Mode.WAIT && random.nextBoolean()) {
            parameters.put("waitAtMost", any("3d", "7d", "8d"));
        }
        parameters.put("missed", any("next", "next", "asSoonAsPossible", "fail"));
        parameters.put("overrun", any("ignore", "ignore", "finish", "finishBatch", "rollback"));
        parameters.put("maxConcurrent", random.nextBoolean() ? 10 : 1 + random.nextInt(groups));
        parameters.put("holdOn", any("any", "family", "none"));
        parameters.put("strategy", any(STRATEGIES.toArray(String[]::new)));
        parameters.put("instanceWarmup", "0s");
        parameters.put("checkpointDelay", "1m");
        parameters.put("failOn", "none");
        parameters.put("allowEmpty", true);
        if (isTested) {
            parameters.put(
                    "smokeTest",
                    Map.of(
                            "checks",
                            List.of(Map.of("http", "/health", "port", 80)),
                            "onFailure",
                            "rollback",
                            "timeLimit",
                            "3m"));
        }
        if (random.nextInt(5) < 2) {
            waves();
        }
    }

    private void waves() {
        List<Map<String, Object>> waves = new ArrayList<>();
        List<String> order = new ArrayList<>(ENVIRONMENTS);
        Collections.shuffle(order, random);
        for (String environment : order.subList(0, 2 + random.nextInt(3))) {
            Map<String, Object> wave = new LinkedHashMap<>(Map.of("environments", environment));
            if (random.nextInt(3) == 0) {
                wave.put("soak", any("5m", "1h"));
            }
            if (random.nextInt(3) == 0) {
                wave.put("maxConcurrent", 1 + random.nextInt(2));
            }
            if (random.nextInt(6) == 0) {
                wave.put("approval", random.nextBoolean() ? Map.of("message", "Go?") : Map.of("expires", "20m"));
            }
            waves.add(wave);
        }
        parameters.put("waves", waves);
        parameters.put("others", any("last", "last", "refuse"));
    }

    private String any(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** Days and times by chance, which a pair of tags has; with the zone and duration that hold where no tag says them. */
    private record Source(Opening opening, boolean saysZone, boolean saysLength) {}

    private Optional<Source> source(String environment, @Nullable Text window, Map<String, String> tags) {
        Opening usual = USUAL.get(environment);
        Optional<Source> source = window != null
                ? Optional.of(new Source(window.opening(), window.saysZone(), window.saysLength()))
                : Optional.ofNullable(usual).map(opening -> new Source(opening, false, false));
        if (random.nextInt(3) > 0) {
            source = Optional.of(tagged("AMI_update", tags));
        }
        return random.nextInt(4) == 0 ? Optional.of(tagged("AMI_refresh", tags)) : source;
    }

    private Source tagged(String prefix, Map<String, String> tags) {
        Opening opening = openings.ofTags();
        tags.put(prefix + "_day", opening.days());
        tags.put(prefix + "_time", opening.at());
        return new Source(opening, false, false);
    }

    private WeekGroup group(String name, @Nullable Text window, boolean isBad) {
        Map<String, String> tags = new TreeMap<>();
        String environment = random.nextInt(12) == 0 ? "" : ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
        Optional<Source> source = source(environment, window, tags);
        Optional<ZoneId> zone = random.nextInt(3) == 0 ? Optional.of(openings.zone()) : Optional.empty();
        Optional<String> length = random.nextInt(3) == 0 ? Optional.of(openings.length()) : Optional.empty();
        zone.ifPresent(where -> tags.put("AMI_update_zone", where.toString()));
        length.ifPresent(text -> tags.put("AMI_update_duration", text));
        List<Opening> first = source
                .map(found -> found.opening()
                        .in(
                                zone.orElse(found.saysZone() ? found.opening().zone() : OpeningMaker.UTC),
                                length.map(OpeningMaker::duration)
                                        .orElse(
                                                found.saysLength()
                                                        ? found.opening().length()
                                                        : OpeningMaker.USUAL)))
                .stream()
                .toList();
        List<Said> said = new ArrayList<>();
        said.add(new Said(start.minusSeconds(86_400), first, tags));
        if (random.nextInt(6) == 0) {
            Opening other = openings.ofTags()
                    .in(
                            zone.orElse(OpeningMaker.UTC),
                            length.map(OpeningMaker::duration).orElse(OpeningMaker.USUAL));
            said.add(new Said(
                    start.plusSeconds(random.nextInt(5 * 86_400)),
                    List.of(other),
                    Map.of("AMI_refresh_day", other.days(), "AMI_refresh_time", other.at())));
        }
        int size = 1 + random.nextInt(2);
        return new WeekGroup(
                name, environment, any("web", "worker"), size, isBad, any("5s", "15s", "15s", "10m"), tags, said);
    }
}
