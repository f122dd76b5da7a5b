package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.truth.Row;
import io.jenkins.plugins.amirefresh.truth.Truth;
import io.jenkins.plugins.amirefresh.truth.TruthJudge;
import java.util.List;
import java.util.Optional;

/** A host on which no row may say what is not so. */
final class TruthfulHost extends DressedHost {

    private final Simulator simulator;

    TruthfulHost(StepHost host, Simulator simulator) {
        super(host);
        this.simulator = simulator;
    }

    @Override
    public Journal journal() {
        Journal journal = super.journal();
        return new Journal() {
            @Override
            public void append(JournalEvent event) {
                boolean isNew =
                        journal.events().stream().noneMatch(known -> known.key().equals(event.key()));
                journal.append(event);
                if (isNew && event.fact() instanceof JournalFact.GroupEnded ended) {
                    judge(Row.of(ended.result()));
                }
            }

            @Override
            public List<JournalEvent> events() {
                return journal.events();
            }
        };
    }

    private void judge(Row row) {
        Truth truth = Truth.of(simulator.fleet());
        Optional.ofNullable(truth.groups().get(row.key()))
                .ifPresent(group -> assertThat(TruthJudge.ofRows().lies(row, truth, group))
                        .as("%s is %s (%s), but %s", row.key(), row.outcome(), row.reason(), group.line())
                        .isEmpty());
    }
}
