package io.jenkins.plugins.amirefresh.step;

import io.jenkins.plugins.amirefresh.cloud.CallLog;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import java.util.function.Supplier;

/** Writes each call that changes something to the run's record, with AWS's request id: who looks into it later finds it there. */
public final class CallsInJournal implements CallLog {

    private static final String STEP = "aws";

    private final Supplier<Journal> journal;

    /** @param journal the record of the run whose calls are heard of */
    public CallsInJournal(Supplier<Journal> journal) {
        this.journal = journal;
    }

    @Override
    public void made(Made call) {
        String id = call.requestId().isEmpty()
                ? call.at() + "/" + call.region() + "/" + call.operation() + "/" + call.resource()
                : call.requestId();
        journal.get()
                .append(new JournalEvent(
                        "call/" + id,
                        call.at(),
                        STEP,
                        new JournalFact.CallMade(
                                call.account(),
                                call.region(),
                                call.operation(),
                                call.resource(),
                                call.requestId(),
                                call.error().isEmpty() ? null : call.error())));
    }
}
