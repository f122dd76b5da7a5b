package io.jenkins.plugins.amirefresh.step.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

    private static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/web");

    private static final LockHolder RUN_1 = new LockHolder("run-1", "step-1");
    private static final LockHolder RUN_2 = new LockHolder("run-2", "step-1");

    @TempDir
    private Path folder;

    private LockFile open() {
        return LockFile.open(folder.resolve("locks.jsonl"));
    }

    @Test
    void whenAnotherRunHoldsIt_thenSaysWhichAlsoAfterARestart() {
        // given
        open().acquire(WEB, RUN_1);

        // when
        var answer = open().acquire(WEB, RUN_2);

        // then
        assertThat(answer).hasValue(RUN_1);
        assertThat(open().acquire(WEB, RUN_1)).isEmpty();
    }

    @Test
    void whenReleasedByItsHolder_thenAnotherRunGetsIt() {
        // given
        open().acquire(WEB, RUN_1);

        // when
        open().release(WEB, RUN_1);

        // then
        assertThat(open().acquire(WEB, RUN_2)).isEmpty();
    }

    @Test
    void whenReleasedByAnother_thenItStays() {
        // given
        open().acquire(WEB, RUN_1);

        // when
        open().release(WEB, RUN_2);

        // then
        assertThat(open().holders()).containsEntry(WEB, RUN_1);
    }

    @Test
    void whenAnotherStepOfTheSameRunHoldsIt_thenItStaysWithThatStep() {
        // given
        open().acquire(WEB, RUN_1);
        LockHolder laterStep = new LockHolder("run-1", "step-2");

        // when
        open().release(WEB, laterStep);

        // then
        assertThat(open().acquire(WEB, laterStep)).hasValue(RUN_1);
    }

    @Test
    void whenItsStepKeepsItForTheRun_thenTheRunsNextStepGetsItAndNobodyElse() {
        // given
        open().acquire(WEB, RUN_1);
        open().keepForRun(WEB, RUN_1);
        LockHolder laterStep = new LockHolder("run-1", "step-2");

        // when
        var others = open().acquire(WEB, RUN_2);

        // then
        assertThat(others).hasValue(RUN_1.asRun());
        assertThat(open().acquire(WEB, laterStep)).isEmpty();
        assertThat(open().acquire(WEB, RUN_1)).hasValue(laterStep);
    }

    @Test
    void whenAnotherKeepsItForItsRun_thenItStaysAsItIs() {
        // given
        open().acquire(WEB, RUN_1);

        // when
        open().keepForRun(WEB, RUN_2);

        // then
        assertThat(open().holders()).containsEntry(WEB, RUN_1);
    }
}
