package io.jenkins.plugins.amirefresh.step.smoketest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.smoketest.OldVersion;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One group's document.
 *
 * @param state null until its instances are known
 * @param backendPort the port of its target group, 0 without one
 * @param verdict null while the test goes on
 * @param reason why it did not pass, empty while all is well; without a verdict, why nothing is to be tested
 * @param rollback how far a rollback is
 * @param notice what Slack has not taken yet, null when there is nothing
 * @param line the last line on the console, so that none is repeated
 * @param again what the version answers that the group came back to, null while it is not asked
 * @param afterSoak it passed before, and is asked again since its wave has soaked
 */
record TestWork(
        Place place,
        GroupKey group,
        String environment,
        String family,
        @Nullable SmokeTestState state,
        int backendPort,
        @Nullable SmokeTestVerdict verdict,
        String reason,
        Rollback rollback,
        @Nullable SlackNotice notice,
        @Nullable Instant noticeSince,
        String line,
        @Nullable OldVersion again,
        boolean afterSoak) {

    /** How far a rollback is. */
    enum Rollback {
        /** None is wanted. */
        NONE,
        /** The AMI is about to be marked, then the engine begins. */
        ANNOUNCED,
        /** The engine has it. */
        BEGUN,
        /** The group is back, and its version is asked what the other one failed. */
        ASKING,
        /** The engine is done with it. */
        ENDED
    }

    static TestWork begin(Place place, GroupKey group, String environment, String family) {
        return begin(place, group, environment, family, false);
    }

    /** The same once more, from its beginning. */
    TestWork afterItsSoak() {
        return begin(place, group, environment, family, true);
    }

    private static TestWork begin(Place place, GroupKey group, String environment, String family, boolean afterSoak) {
        return new TestWork(
                place, group, environment, family, null, 0, null, "", Rollback.NONE, null, null, "", null, afterSoak);
    }

    /** It passed, and nothing of that is left to tell. */
    @JsonIgnore
    boolean hasPassed() {
        return verdict == SmokeTestVerdict.PASSED && notice == null;
    }

    @JsonIgnore
    boolean isTesting() {
        return verdict == null && reason.isEmpty();
    }

    /** A rollback is wanted or not told to its end. */
    @JsonIgnore
    boolean isGoingBack() {
        return rollback == Rollback.ANNOUNCED || rollback == Rollback.ASKING;
    }

    TestWork started(SmokeTestState first, int port) {
        return but(draft -> {
            draft.state = first;
            draft.backendPort = port;
        });
    }

    TestWork with(SmokeTestState next) {
        return but(draft -> draft.state = next);
    }

    TestWork with(OldVersion next) {
        return but(draft -> draft.again = next);
    }

    TestWork decided(SmokeTestVerdict decided, String why) {
        return but(draft -> {
            draft.verdict = decided;
            draft.reason = why;
        });
    }

    /** There is nothing to prove, which proves nothing. */
    TestWork untested(String why) {
        return but(draft -> draft.reason = why);
    }

    TestWork with(Rollback next) {
        return but(draft -> draft.rollback = next);
    }

    TestWork telling(@Nullable SlackNotice next, @Nullable Instant since) {
        return but(draft -> {
            draft.notice = next;
            draft.noticeSince = since;
        });
    }

    TestWork saying(String next) {
        return but(draft -> draft.line = next);
    }

    private TestWork but(Consumer<Draft> edit) {
        Draft draft = new Draft(this);
        edit.accept(draft);
        return new TestWork(
                place,
                group,
                environment,
                family,
                draft.state,
                draft.backendPort,
                draft.verdict,
                draft.reason,
                draft.rollback,
                draft.notice,
                draft.noticeSince,
                draft.line,
                draft.again,
                afterSoak);
    }

    /** What it was, to be changed in a place or two. */
    private static final class Draft {
        private @Nullable SmokeTestState state;
        private int backendPort;
        private @Nullable SmokeTestVerdict verdict;
        private String reason;
        private Rollback rollback;
        private @Nullable SlackNotice notice;
        private @Nullable Instant noticeSince;
        private String line;
        private @Nullable OldVersion again;

        Draft(TestWork from) {
            state = from.state;
            backendPort = from.backendPort;
            verdict = from.verdict;
            reason = from.reason;
            rollback = from.rollback;
            notice = from.notice;
            noticeSince = from.noticeSince;
            line = from.line;
            again = from.again;
        }
    }
}
