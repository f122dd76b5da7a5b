package io.jenkins.plugins.amirefresh.step.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Machine machine = new Machine();
    private final SteadyClock clock = new SteadyClock(machine, () -> machine.nanos);

    @Test
    void whenTheWallClockGoesOn_thenItIsTheSame() {
        // when
        machine.pass(Duration.ofMinutes(7));

        // then
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(420));
    }

    @Test
    void whenTheWallClockIsSetBack_thenItGoesOnAtHalfItsSpeedUntilBothAgree() {
        // given
        machine.pass(Duration.ofHours(1));
        Instant before = clock.instant();

        // when
        machine.set(Duration.ofHours(-1));
        Instant atOnce = clock.instant();
        machine.pass(Duration.ofMinutes(10));
        Instant later = clock.instant();
        machine.pass(Duration.ofMinutes(110));
        Instant caughtUp = clock.instant();

        // then
        assertThat(atOnce).isEqualTo(before);
        assertThat(later).isEqualTo(before.plusSeconds(300));
        assertThat(caughtUp).isEqualTo(machine.instant()).isEqualTo(before.plusSeconds(3600));
    }

    @Test
    void whenTheMachineWasSuspended_thenItFollowsAtOnce() {
        // when
        machine.set(Duration.ofHours(3));

        // then
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(10_800));
    }

    /** A wall clock that can be set, and time that passes whatever it says. */
    private static final class Machine extends Clock {

        private Instant wall = NOON;
        private long nanos;

        void pass(Duration time) {
            wall = wall.plus(time);
            nanos += time.toNanos();
        }

        void set(Duration by) {
            wall = wall.plus(by);
        }

        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
