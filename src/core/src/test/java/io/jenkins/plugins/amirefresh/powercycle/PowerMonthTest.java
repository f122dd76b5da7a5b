package io.jenkins.plugins.amirefresh.powercycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Condition;
import io.jenkins.plugins.amirefresh.powercycle.PowerTarget.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A month of quarter hours in which the clocks change in New York (8 March 2026) and in London (29 March), for 2,000 instances
 * and 300 groups, with people who start things by hand and groups that scale. What is right is counted minute by minute,
 * without any cron library.
 */
class PowerMonthTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int MINUTES = 31 * 24 * 60;
    private static final int WEEK = 8 * 24 * 60;
    private static final int QUARTER = 15;
    private static final long SEED = 20260301;

    private final Random random = new Random(SEED);

    /** A time of the week: minutes of the day, and on which days (1 Monday to 7 Sunday). */
    private record Weekly(int minute, int firstDay, int lastDay) {

        String cron() {
            return minute % 60 + " " + minute / 60 + " * * "
                    + (firstDay == lastDay ? firstDay : firstDay + "-" + lastDay);
        }

        boolean fits(LocalDateTime shown) {
            int day = shown.getDayOfWeek().getValue();
            return shown.getHour() * 60 + shown.getMinute() == minute && day >= firstDay && day <= lastDay;
        }

        /** It comes in the minute that begins here. */
        boolean comesAt(Instant moment, ZoneId zone) {
            var rules = zone.getRules();
            LocalDateTime shown = LocalDateTime.ofInstant(moment, rules.getOffset(moment));
            ZoneOffsetTransition change = rules.previousTransition(moment.plusNanos(1));
            if (change != null && change.isGap() && change.getInstant().equals(moment)) {
                for (LocalDateTime left = change.getDateTimeBefore();
                        left.isBefore(change.getDateTimeAfter());
                        left = left.plusMinutes(1)) {
                    if (fits(left)) {
                        return true;
                    }
                }
            }
            boolean isSecondTime = rules.getValidOffsets(shown).size() > 1
                    && !rules.getValidOffsets(shown).get(0).equals(rules.getOffset(moment));
            return fits(shown) && !isSecondTime;
        }
    }

    /** A document, and when by it things run and are stopped: a bit for each minute since START. */
    private record Plan(String document, BitSet runs, BitSet stops, boolean enforces) {}

    private Plan plan(int number) {
        ZoneId zone = List.of(
                        (ZoneId) ZoneOffset.UTC,
                        ZoneId.of("Europe/London"),
                        ZoneId.of("America/New_York"),
                        ZoneId.of("Asia/Kolkata"))
                .get(number % 4);
        Weekly start = new Weekly(number < 8 ? 60 + 15 * number : 15 * random.nextInt(40), 1, 5);
        Weekly stop = new Weekly(number < 4 ? 90 : 15 * (56 + random.nextInt(38)), 1, number % 3 == 0 ? 7 : 5);
        boolean enforces = number % 5 == 0;
        BitSet runs = new BitSet();
        BitSet stops = new BitSet();
        boolean isRunning = false;
        for (int minute = -WEEK; minute < MINUTES; minute++) {
            Instant moment = START.plus(minute, ChronoUnit.MINUTES);
            if (stop.comesAt(moment, zone)) {
                isRunning = false;
                stops.set(Math.max(0, minute));
            }
            if (start.comesAt(moment, zone)) {
                isRunning = true;
            }
            if (minute >= 0) {
                runs.set(minute, isRunning);
            }
        }
        String document = "{\"start\":\"" + start.cron() + "\",\"stop\":\"" + stop.cron() + "\",\"zone\":\""
                + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone) + "\",\"enforce\":" + enforces + "}";
        return new Plan(document, runs, stops, enforces);
    }

    /** A resource as AWS would have it. */
    private final class Thing {
        final Plan plan;
        final String id;
        final Kind kind;
        final Map<String, String> tags;
        boolean isUp = true;
        boolean isByHand;
        Instant startedAt = START.minus(Duration.ofDays(90));
        Capacity size;

        @Nullable
        Capacity before;

        Thing(Plan plan, Kind kind, int number) {
            this.plan = plan;
            this.kind = kind;
            this.id = kind == Kind.GROUP ? "group-" + number : "i-" + String.format("%017x", number);
            this.tags = new HashMap<>(Map.of("Environment", "dev", "ec2Powercycle", plan.document()));
            int min = random.nextInt(3);
            int desired = Math.max(1, min + random.nextInt(3));
            this.size = new Capacity(min, desired, desired + random.nextInt(4));
        }

        PowerTarget target() {
            return new PowerTarget(
                    kind,
                    id,
                    id,
                    tags,
                    isUp ? Condition.UP : Condition.DOWN,
                    kind == Kind.GROUP ? null : startedAt,
                    "",
                    "t3.micro",
                    false,
                    kind == Kind.GROUP ? size : null,
                    Remainder.NONE);
        }

        void take(PowerDecision decision, Instant now) {
            if (decision.move() == PowerMove.NONE) {
                return;
            }
            isUp = decision.move() != PowerMove.STOP;
            startedAt = isUp ? now : startedAt;
            if (kind == Kind.GROUP) {
                SleepTag tag = decision.tag();
                Capacity to = decision.to();
                assertThat(to).isNotNull();
                if (isUp) {
                    tags.remove(SleepTag.NAME);
                    assertThat(to).as(id + " has its sizes back at " + now).isEqualTo(before);
                } else if (tag != null) {
                    before = tag.capacity();
                    tags.put(SleepTag.NAME, tag.as(SleepTag.Phase.ASLEEP).text());
                }
                size = to == null ? size : to;
            }
        }

        /** Somebody starts it, or the group scales by itself. */
        void happens(Instant now, boolean wanted) {
            if (isUp && kind == Kind.GROUP && wanted) {
                size = new Capacity(
                        size.min(), Math.max(1, size.min() + random.nextInt(size.max() - size.min() + 1)), size.max());
            } else if (!isUp && !wanted) {
                isUp = true;
                isByHand = true;
                startedAt = now;
                size = kind == Kind.GROUP ? new Capacity(0, 1, size.max()) : size;
            }
        }
    }

    @Test
    void whenAMonthPasses_thenEverythingIsAsItsScheduleWantsItAtEachQuarterHourAndSizesComeBack() {
        // given
        List<Plan> plans = new ArrayList<>();
        for (int number = 0; number < 24; number++) {
            plans.add(plan(number));
        }
        List<Thing> things = new ArrayList<>();
        for (int number = 0; number < 2300; number++) {
            things.add(new Thing(plans.get(number % plans.size()), number < 2000 ? Kind.INSTANCE : Kind.GROUP, number));
        }
        PowerRules rules =
                new PowerRules(List.of("ec2Powercycle"), "Environment", List.of(), List.of("prod"), false, null);
        ScheduleReader reader = new ScheduleReader(ZoneOffset.UTC, Holidays.NONE);
        long starts = 0;
        long kept = 0;

        for (int minute = 0; minute < MINUTES; minute += QUARTER) {
            Instant now = START.plus(minute, ChronoUnit.MINUTES);
            // when
            Schedules schedules = new Schedules(reader, source -> ((ScheduleSource.Inline) source).document(), now);
            PowerDecider decider = new PowerDecider(rules, schedules);
            for (Thing thing : things) {
                PowerDecision decision = decider.decide(thing.target()).orElseThrow();
                thing.take(decision, now);
                starts += decision.move() == PowerMove.START ? 1 : 0;
                kept += decision.outcome() == PowerOutcome.KEPT ? 1 : 0;

                // then
                boolean wanted = thing.plan.runs().get(minute);
                boolean isStopped =
                        thing.kind == Kind.INSTANCE && thing.plan.stops().get(minute);
                thing.isByHand &= !wanted && !isStopped && !thing.plan.enforces();
                assertThat(thing.isUp)
                        .as(thing.id + " by " + thing.plan.document() + " at " + now + ", seed " + SEED)
                        .isEqualTo(wanted || thing.isByHand);
            }
            // Some minutes later.
            for (int people = 0; people < 3; people++) {
                Thing thing = things.get(random.nextInt(things.size()));
                thing.happens(now.plus(5, ChronoUnit.MINUTES), thing.plan.runs().get(minute));
            }
        }
        assertThat(starts).isGreaterThan(20_000);
        assertThat(kept).isPositive();
    }
}
