package io.jenkins.plugins.amirefresh.simulator.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The account's own clock with the events that are due on it. Time moves only by {@link #advanceTo}; whoever drives the
 * simulator decides when: a rehearsal jumps to the next event, a server follows real time multiplied.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class SimulatedTime {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private Instant now;
    private long sequence;

    /** A clock that stands at {@code start}. */
    public SimulatedTime(Instant start) {
        this.now = start;
    }

    /** The simulated moment. */
    public Instant now() {
        return now;
    }

    /** Runs {@code action} after {@code delay}; events of one moment run in the order they were scheduled. */
    public Scheduled after(Duration delay, Runnable action) {
        return at(now.plus(delay), action);
    }

    /** Runs {@code action} at {@code moment}, or at the next advance when that has passed. */
    public Scheduled at(Instant moment, Runnable action) {
        Event event = new Event(moment.isBefore(now) ? now : moment, sequence++, action);
        events.add(event);
        return event;
    }

    /** When the next event is due, empty when nothing is scheduled. */
    public Optional<Instant> nextEvent() {
        while (!events.isEmpty() && events.peek().cancelled) {
            events.poll();
        }
        return Optional.ofNullable(events.peek()).map(event -> event.moment);
    }

    /** Runs every event due up to {@code moment}, each at its own time, and leaves the clock there; never goes back. */
    public void advanceTo(Instant moment) {
        for (var next = nextEvent(); next.isPresent() && !next.get().isAfter(moment); next = nextEvent()) {
            Event event = events.remove();
            now = event.moment.isAfter(now) ? event.moment : now;
            event.action.run();
        }
        now = moment.isAfter(now) ? moment : now;
    }

    /** Something that will happen unless it is cancelled. */
    public interface Scheduled {
        /** Makes it not happen; safe to repeat. */
        void cancel();
    }

    private static final class Event implements Scheduled, Comparable<Event> {
        private final Instant moment;
        private final long sequence;
        private final Runnable action;
        private boolean cancelled;

        Event(Instant moment, long sequence, Runnable action) {
            this.moment = moment;
            this.sequence = sequence;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = moment.compareTo(other.moment);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
