package io.jenkins.plugins.amirefresh.step.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.model.GroupKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

    private static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/web");

    @TempDir
    private Path folder;

    private LockFile open() {
        return LockFile.open(folder.resolve("locks.jsonl"));
    }

    @Test
    void whenAnotherRunHoldsIt_thenSaysWhichAlsoAfterARestart() {
        // given
        open().acquire(WEB, "run-1");

        // when
        var answer = open().acquire(WEB, "run-2");

        // then
        assertThat(answer).hasValue("run-1");
        assertThat(open().acquire(WEB, "run-1")).isEmpty();
    }

    @Test
    void whenReleasedByItsHolder_thenAnotherRunGetsIt() {
        // given
        open().acquire(WEB, "run-1");

        // when
        open().release(WEB, "run-1");

        // then
        assertThat(open().acquire(WEB, "run-2")).isEmpty();
    }

    @Test
    void whenReleasedByAnother_thenItStays() {
        // given
        open().acquire(WEB, "run-1");

        // when
        open().release(WEB, "run-2");

        // then
        assertThat(open().holders()).containsEntry(WEB, "run-1");
    }
}
