package io.jenkins.plugins.amirefresh.scenario;

import io.jenkins.plugins.amirefresh.journal.JournalFact;
import java.util.List;

/** What the record of a scenario's build says, without what differs between two runs that do the same. */
final class Happened {

    private Happened() {}

    /** A new host asks AWS who it is, so that AWS numbers its later requests otherwise. */
    static List<String> in(Scenario scenario) {
        return scenario.journal().stream()
                .map(event -> event.at() + " "
                        + (event.fact() instanceof JournalFact.CallMade call
                                ? call.operation() + " " + call.resource() + " " + call.error()
                                : event.key() + " " + event.fact()))
                .toList();
    }
}
