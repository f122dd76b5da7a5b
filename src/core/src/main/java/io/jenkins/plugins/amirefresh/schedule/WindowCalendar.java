package io.jenkins.plugins.amirefresh.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All windows of a group: those of every rule, without what a blackout forbids.
 *
 * @param rules at least one
 */
public record WindowCalendar(List<WindowRule> rules, Blackout blackout) {

    /** Even the 29th of February comes in this time. */
    private static final int HORIZON_DAYS = 9 * 366;

    /** Copies the list. */
    public WindowCalendar {
        rules = List.copyOf(rules);
    }

    /** The window that is open at {@code at}; of several, the one that opened first. */
    public Optional<MaintenanceWindow> current(Instant at) {
        return currentOrNext(at).filter(window -> window.contains(at));
    }

    /** The first window that starts after {@code at}, also while one is open; empty when none ever opens. */
    public Optional<MaintenanceWindow> next(Instant at) {
        return earliest(at, window -> window.start().isAfter(at));
    }

    /** The window that is open at {@code at}, else the next one; empty when none ever opens. */
    public Optional<MaintenanceWindow> currentOrNext(Instant at) {
        return earliest(at, window -> window.end().isAfter(at));
    }

    private Optional<MaintenanceWindow> earliest(Instant at, Predicate<MaintenanceWindow> fits) {
        return rules.stream()
                .flatMap(rule -> earliest(rule, at, fits).stream())
                .min(Comparator.comparing(MaintenanceWindow::start));
    }

    private Optional<MaintenanceWindow> earliest(WindowRule rule, Instant at, Predicate<MaintenanceWindow> fits) {
        LocalDate date = rule.firstDateToLookAt(at);
        for (int i = 0; i < HORIZON_DAYS; i++) {
            for (MaintenanceWindow window : rule.on(date.plusDays(i), blackout)) {
                if (fits.test(window)) {
                    return Optional.of(window);
                }
            }
        }
        return Optional.empty();
    }

    /** The last window that was open before {@code at} and is closed then; empty when none ever was. */
    public Optional<MaintenanceWindow> lastClosed(Instant at) {
        return rules.stream()
                .flatMap(rule -> lastClosed(rule, at).stream())
                .max(Comparator.comparing(MaintenanceWindow::end));
    }

    private Optional<MaintenanceWindow> lastClosed(WindowRule rule, Instant at) {
        LocalDate date = at.atZone(rule.zone()).toLocalDate().plusDays(1);
        for (int i = 0; i < HORIZON_DAYS; i++) {
            List<MaintenanceWindow> windows = rule.on(date.minusDays(i), blackout);
            for (int last = windows.size() - 1; last >= 0; last--) {
                if (!windows.get(last).end().isAfter(at)) {
                    return Optional.of(windows.get(last));
                }
            }
        }
        return Optional.empty();
    }

    /** When the days end on which nothing opens, of which {@code at} is one in the zone of one of the windows; else empty. */
    public Optional<Instant> blackoutUntil(Instant at) {
        return rules.stream()
                .map(WindowRule::zone)
                .distinct()
                .flatMap(zone -> blackout.until(at, zone).stream())
                .max(Comparator.naturalOrder());
    }

    /** As people write it: {@code sun 19:00 Europe/London for 4h, not on 12-24..12-26}. */
    public String text() {
        String opens = rules.stream().map(WindowRule::text).collect(Collectors.joining("; "));
        return blackout.isEmpty() ? opens : opens + ", not on " + blackout.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
