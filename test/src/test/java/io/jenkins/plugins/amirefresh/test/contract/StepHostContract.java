package io.jenkins.plugins.amirefresh.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.LockHolder;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Message;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host's promises to the operations it drives. Each host has a subclass that says how it is started and killed. */
public abstract class StepHostContract {

    private static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/web");

    private Machine machine;

    /** One step of one build on a host that a test can kill. */
    public interface Machine extends AutoCloseable {

        /** The host as the step sees it now. */
        StepHost host();

        /** The state that a restarted host would give to the operation. */
        StepState saved();

        /** Kills the host without a word and starts it again with the same build and step. */
        void restart();

        /** How often a message reached Slack. */
        int slackPosts();

        @Override
        void close();
    }

    /** A fresh build, not started before. */
    protected abstract Machine start();

    @BeforeEach
    final void startMachine() {
        machine = start();
    }

    @AfterEach
    final void closeMachine() {
        machine.close();
    }

    private StepHost host() {
        return machine.host();
    }

    @Test
    void whenAStateIsSaved_thenItIsOnTheDiskBeforeTheCallReturns() {
        // given
        StepState state =
                StepState.EMPTY.with("step", "{\"tick\":1}").with("group:" + WEB, "{\"phase\":\"REFRESHING\"}");

        // when
        host().save(state);
        machine.restart();

        // then
        assertThat(machine.saved()).isEqualTo(state);
    }

    @Test
    void whenOneDocumentChanges_thenTheOthersStay() {
        // given
        StepState state = StepState.EMPTY.with("step", "{\"tick\":1}").with("group:" + WEB, "{\"n\":1}");
        host().save(state);

        // when
        host().save(state.with("group:" + WEB, "{\"n\":2}"));
        machine.restart();

        // then
        assertThat(machine.saved().document("step")).contains("{\"tick\":1}");
        assertThat(machine.saved().document("group:" + WEB)).contains("{\"n\":2}");
    }

    @Test
    void whenAFactIsAppendedTwice_thenItIsKeptOnceAlsoOverARestart() {
        // given
        Instant now = host().clock().instant();
        JournalEvent event = new JournalEvent("k1", now, "test", new JournalFact.Note("web", "waited"));
        host().journal().append(event);

        // when
        machine.restart();
        host().journal().append(event);

        // then
        assertThat(host().journal().events())
                .filteredOn(one -> !(one.fact() instanceof JournalFact.RunOpened))
                .containsExactly(event);
    }

    @Test
    void whenALockIsTaken_thenItOutlivesTheHostAndKeepsOthersOut() {
        // given
        LockHolder first = new LockHolder("run-1", "step-1");
        LockHolder laterStep = new LockHolder("run-1", "step-2");
        LockHolder otherRun = new LockHolder("run-2", "step-1");
        assertThat(host().locks().acquire(WEB, first)).isEmpty();

        // when
        machine.restart();

        // then
        assertThat(host().locks().acquire(WEB, otherRun)).contains(first);
        assertThat(host().locks().acquire(WEB, laterStep)).contains(first);
        assertThat(host().locks().acquire(WEB, first)).isEmpty();
        host().locks().release(WEB, laterStep);
        assertThat(host().locks().acquire(WEB, otherRun)).contains(first);
        host().locks().release(WEB, first);
        assertThat(host().locks().acquire(WEB, otherRun)).isEmpty();
    }

    @Test
    void whenAMessageIsPostedAgainWithItsKey_thenSlackGetsItOnceAlsoOverARestart() {
        // given
        Message message = new Message("ami-refresh", "Starting ASG Refresh", List.of(), "", "");
        Receipt first = posted("k1", message);

        // when
        machine.restart();
        Receipt again = posted("k1", message);
        Receipt other = posted("k2", message);

        // then
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(machine.slackPosts()).isEqualTo(2);
    }

    private Receipt posted(String key, Message message) {
        return awaited(() -> host().slack().post(key, message));
    }

    @Test
    void whenAProcessIsStartedAgainWithItsKey_thenItRunsOnce() {
        // given
        String file = "started.txt";
        List<String> command = List.of("sh", "-c", "echo once >> " + file + "; echo done");
        host().processes().start("p1", command, Map.of());
        Processes.Output output = ended("p1");

        // when
        host().processes().start("p1", command, Map.of());
        ended("p1");

        // then
        assertThat(output.exitCode()).hasValue(0);
        assertThat(output.text()).isEqualTo("done\n");
        assertThat(host().workspace().read(file)).contains("once\n");
    }

    @Test
    void whenAProcessIsForgotten_thenWhatItWroteIsGoneAndItDoesNotRunAgain() {
        // given
        List<String> command = List.of("sh", "-c", "echo hush; echo once >> ran.txt");
        host().processes().start("p2", command, Map.of());
        ended("p2");

        // when
        host().processes().forget("p2");
        host().processes().forget("p2");
        machine.restart();
        host().processes().start("p2", command, Map.of());

        // then
        assertThat(ended("p2").text()).isEmpty();
        assertThat(host().workspace().read("ran.txt")).contains("once\n");
    }

    private Processes.Output ended(String key) {
        return awaited(() -> Optional.of(host().processes().poll(key, 0))
                .filter(output -> output.exitCode().isPresent()));
    }

    /** Looks again until there is an answer; a test has nothing else to wait for. */
    private static <T> T awaited(Supplier<Optional<T>> look) {
        Instant limit = Instant.now().plus(Duration.ofSeconds(60));
        Optional<T> answer = look.get();
        while (answer.isEmpty() && Instant.now().isBefore(limit)) {
            Thread.onSpinWait();
            answer = look.get();
        }
        return answer.orElseThrow(() -> new AssertionError("no answer in a minute"));
    }

    @Test
    void whenTheHostRestarts_thenTheRunIsTheSame() {
        // given
        var before = host().run();

        // when
        machine.restart();

        // then
        assertThat(host().run()).isEqualTo(before);
        assertThat(before.id()).matches("[A-Za-z0-9_.-]{1,100}");
    }

    @Test
    void whenTheWorkspaceIsWritten_thenFoldersAppear() {
        // when
        host().workspace().write("a/b/c.txt", "text");
        host().workspace().write("a/d.txt", "other");
        host().workspace().write("a/.git/config", "not ours");

        // then
        assertThat(host().workspace().read("a/b/c.txt")).contains("text");
        assertThat(host().workspace().digests("a")).containsOnlyKeys("b/c.txt", "d.txt");
        assertThat(host().workspace().digests("a/../a/b")).containsOnlyKeys("c.txt");
        assertThat(host().workspace().digests("a/b/c.txt")).isEmpty();
        assertThat(host().workspace().digest("a/b/c.txt"))
                .isPresent()
                .isNotEqualTo(host().workspace().digest("a/d.txt"));
        assertThat(host().workspace().digest("a/b")).isEmpty();
        assertThat(host().workspace().read("a/none.txt")).isEmpty();
    }

    @Test
    void whenTheObserverIsAskedTwice_thenAnIntervalLiesBetweenTwoReads() {
        // when
        Duration interval = host().observer().interval();

        // then
        assertThat(interval).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(host().settings().accounts()).isNotEmpty();
        assertThat(host().cloud(AccountAccess.SELF, new AwsRegion("eu-west-1")).region())
                .isEqualTo(new AwsRegion("eu-west-1"));
    }
}
