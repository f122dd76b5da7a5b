package io.jenkins.plugins.amirefresh.step.smoketest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.amirefresh.journal.SmokeTestVerdict;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One group's document.
 *
 * @param state null until its instances are known
 * @param backendPort the port of its target group, 0 without one
 * @param verdict null while the test goes on
 * @param reason why it did not pass, empty while all is well
 * @param rollback how far a rollback is
 * @param notice what Slack has not taken yet, null when there is nothing
 * @param line the last line on the console, so that none is repeated
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
        String line) {

    /** How far a rollback is. */
    enum Rollback {
        /** None is wanted. */
        NONE,
        /** The AMI is about to be marked, then the engine begins. */
        ANNOUNCED,
        /** The engine has it. */
        BEGUN,
        /** The engine is done with it. */
        ENDED
    }

    static TestWork begin(Place place, GroupKey group, String environment, String family) {
        return new TestWork(place, group, environment, family, null, 0, null, "", Rollback.NONE, null, null, "");
    }

    @JsonIgnore
    boolean isTesting() {
        return verdict == null;
    }

    TestWork started(SmokeTestState first, int port) {
        return new TestWork(
                place, group, environment, family, first, port, null, "", rollback, notice, noticeSince, line);
    }

    TestWork with(SmokeTestState next) {
        return new TestWork(
                place,
                group,
                environment,
                family,
                next,
                backendPort,
                verdict,
                reason,
                rollback,
                notice,
                noticeSince,
                line);
    }

    TestWork decided(SmokeTestVerdict decided, String why) {
        return new TestWork(
                place,
                group,
                environment,
                family,
                state,
                backendPort,
                decided,
                why,
                rollback,
                notice,
                noticeSince,
                line);
    }

    TestWork with(Rollback next) {
        return new TestWork(
                place,
                group,
                environment,
                family,
                state,
                backendPort,
                verdict,
                reason,
                next,
                notice,
                noticeSince,
                line);
    }

    TestWork telling(@Nullable SlackNotice next, @Nullable Instant since) {
        return new TestWork(
                place, group, environment, family, state, backendPort, verdict, reason, rollback, next, since, line);
    }

    TestWork saying(String next) {
        return new TestWork(
                place,
                group,
                environment,
                family,
                state,
                backendPort,
                verdict,
                reason,
                rollback,
                notice,
                noticeSince,
                next);
    }
}
