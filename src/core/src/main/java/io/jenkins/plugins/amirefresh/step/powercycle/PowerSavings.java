package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.powercycle.PowerOutcome;
import io.jenkins.plugins.amirefresh.powercycle.PowerSchedule;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import io.jenkins.plugins.amirefresh.powercycle.SleepTag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What schedules save in the month that it is: of each that follows its own, the hours off times what it is off with. */
record PowerSavings(List<Row> rows) {

    private static final int MINUTES = 60;

    /** Copies the list. */
    PowerSavings {
        rows = List.copyOf(rows);
    }

    /**
     * Of one instance or group.
     *
     * @param key of its item, if it has one
     * @param minutesOff by its schedule, in the whole month
     * @param instances how many are off then
     * @param price of an hour of one; null when none was given
     */
    record Row(
            String key,
            String account,
            String region,
            String kind,
            String id,
            String name,
            String month,
            long minutesOff,
            int instances,
            @Nullable BigDecimal price) {

        BigDecimal hours() {
            return hours(minutesOff * instances);
        }

        Optional<BigDecimal> cost() {
            return Optional.ofNullable(price).map(each -> hours().multiply(each).setScale(2, RoundingMode.HALF_UP));
        }

        private static BigDecimal hours(long minutes) {
            return BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(MINUTES), 2, RoundingMode.HALF_UP);
        }

        /** As pipelines get it. */
        Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("account", account);
            map.put("region", region);
            map.put("kind", kind);
            map.put("id", id);
            map.put("name", name);
            map.put("month", month);
            map.put("hoursOff", hours(minutesOff).doubleValue());
            map.put("instances", instances);
            map.put("instanceHours", hours().doubleValue());
            cost().ifPresent(cost -> map.put("cost", cost.doubleValue()));
            return map;
        }
    }

    /** Those of one account and region; what its schedule does not move saves nothing by it. */
    static List<Row> of(PowerSettings settings, PlaceTargets place, Instant now) {
        Map<String, Duration> offByTag = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (LocatedTarget target : place.targets()) {
            boolean follows = place.decider()
                    .decide(target.target())
                    .filter(decision -> follows(decision.outcome()))
                    .isPresent();
            String tag = target.target().tag(settings.scheduleTags()).orElse("");
            if (follows && target.isNamed(settings.names())) {
                PowerSchedule schedule = place.schedules().of(tag);
                YearMonth month = YearMonth.from(now.atZone(schedule.zone()));
                Duration off = offByTag.computeIfAbsent(tag, unused -> schedule.offIn(month));
                int instances = instances(target, schedule);
                if (instances > 0) {
                    rows.add(row(settings, target, month, off, instances));
                }
            }
        }
        return rows;
    }

    private static boolean follows(PowerOutcome outcome) {
        return switch (outcome) {
            case STARTED, STOPPED, HIBERNATED, RESIZED, UNCHANGED, PLANNED -> true;
            case KEPT, EXCLUDED, SKIPPED, HELD, REFUSED, FAILED -> false;
        };
    }

    private static int instances(LocatedTarget target, PowerSchedule schedule) {
        if (target.target().kind() == Kind.INSTANCE) {
            return 1;
        }
        Integer given = schedule.desired();
        return given != null
                ? given
                : SleepTag.of(target.target().tags())
                        .filter(tag -> tag.phase() != SleepTag.Phase.WOKEN)
                        .map(SleepTag::capacity)
                        .orElseGet(target.target()::size)
                        .desired();
    }

    private static Row row(PowerSettings settings, LocatedTarget target, YearMonth month, Duration off, int instances) {
        return new Row(
                target.key(),
                target.account(),
                target.place().region().toString(),
                target.target().kind().text(),
                target.target().id(),
                target.target().label(),
                month.toString(),
                off.toMinutes(),
                instances,
                settings.prices().of(target.target()).orElse(null));
    }

    /** Without those that did not become what their schedules want. */
    PowerSavings without(List<String> keys) {
        return new PowerSavings(
                rows.stream().filter(row -> !keys.contains(row.key())).toList());
    }

    BigDecimal hours() {
        return rows.stream().map(Row::hours).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal cost() {
        return rows.stream().flatMap(row -> row.cost().stream()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** One line for people. */
    String line() {
        if (rows.isEmpty()) {
            return "no schedule that is followed saves anything";
        }
        long priced = rows.stream().filter(row -> row.price() != null).count();
        String of = priced == rows.size() ? "" : ", of " + priced + " of them";
        return "schedules keep " + rows.size() + " off for "
                + hours().stripTrailingZeros().toPlainString()
                + " instance-hours in " + rows.get(0).month()
                + (priced == 0 ? "" : ", which saves " + cost().toPlainString() + of);
    }
}
