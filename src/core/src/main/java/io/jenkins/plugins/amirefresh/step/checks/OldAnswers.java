package io.jenkins.plugins.amirefresh.step.checks;

import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.JournalFact.OldVersionAsked;
import io.jenkins.plugins.amirefresh.journal.RunHistory;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.smoketest.Check;
import io.jenkins.plugins.amirefresh.smoketest.Finding;
import io.jenkins.plugins.amirefresh.smoketest.OldVersion;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTest;
import io.jenkins.plugins.amirefresh.smoketest.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the old version answered, in the run's record: what a later step compares with when no old instance is left. */
public final class OldAnswers {

    private OldAnswers() {}

    /** For the record. */
    public static JournalFact fact(GroupKey group, SmokeTest test, OldVersion old) {
        List<OldVersionAsked.Answer> answers = new ArrayList<>();
        for (int check = 0; check < test.checks().size(); check++) {
            String question = test.checks().get(check).question();
            old.answer(check)
                    .ifPresent(answer -> answers.add(new OldVersionAsked.Answer(
                            question,
                            answer.subject(),
                            answer.finding().kind().name(),
                            answer.finding().answer(),
                            answer.finding().text())));
        }
        return new OldVersionAsked(group, answers);
    }

    /** What the record has for these checks. */
    public static OldVersion of(RunHistory history, GroupKey group, SmokeTest test, Instant now) {
        List<OldVersionAsked.Answer> answers = history.facts(OldVersionAsked.class).stream()
                .filter(asked -> asked.group().equals(group))
                .flatMap(asked -> asked.answers().stream())
                .toList();
        List<Trial> trials = new ArrayList<>();
        for (int index = 0; index < test.checks().size(); index++) {
            Check check = test.checks().get(index);
            Optional<OldVersionAsked.Answer> last = answers.stream()
                    .filter(answer -> answer.question().equals(check.question()))
                    .reduce((earlier, later) -> later);
            if (last.isPresent()) {
                Finding finding = new Finding(
                        Finding.Kind.valueOf(last.get().kind()),
                        last.get().answer(),
                        last.get().message());
                trials.add(Trial.known(index, last.get().subject(), finding, now));
            }
        }
        return new OldVersion(trials);
    }
}
