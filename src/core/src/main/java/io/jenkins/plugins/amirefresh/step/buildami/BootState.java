package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.smoketest.SmokeTestState;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a boot test stands.
 *
 * @param clientToken what launches the instance, once however often it is said
 * @param instance its id, empty until it is known
 * @param test the checks, null before they are asked
 * @param failure why the image is not proved, empty while nothing speaks against it
 * @param isOwnFault the image itself failed
 * @param endingSince when it was decided, null before
 * @param line what was said last
 */
record BootState(
        Stage stage,
        Instant startedAt,
        String clientToken,
        String instance,
        @Nullable SmokeTestState test,
        String failure,
        boolean isOwnFault,
        @Nullable Instant endingSince,
        String line) {

    private static final String DOCUMENT = "boot-test";

    /** What comes next. */
    enum Stage {
        LAUNCH,
        BOOT,
        ASK,
        MARK,
        TERMINATE,
        PROVED
    }

    static BootState starting(Instant at, String clientToken) {
        return new BootState(Stage.LAUNCH, at, clientToken, "", null, "", false, null, "");
    }

    static Optional<BootState> of(StepState state) {
        return state.document(DOCUMENT).map(json -> Json.read(json, BootState.class));
    }

    StepState in(StepState state) {
        return state.with(DOCUMENT, Json.write(this));
    }

    static boolean isProved(StepState state) {
        return of(state).filter(known -> known.stage == Stage.PROVED).isPresent();
    }

    boolean isEnding() {
        return stage == Stage.MARK || stage == Stage.TERMINATE;
    }

    Instant endingFrom() {
        return endingSince == null ? startedAt : endingSince;
    }

    BootState launched(String id) {
        return new BootState(
                stage == Stage.LAUNCH ? Stage.BOOT : stage,
                startedAt,
                clientToken,
                id,
                test,
                failure,
                isOwnFault,
                endingSince,
                line);
    }

    BootState asking(SmokeTestState asked) {
        return new BootState(
                Stage.ASK, startedAt, clientToken, instance, asked, failure, isOwnFault, endingSince, line);
    }

    BootState saying(String said) {
        return new BootState(stage, startedAt, clientToken, instance, test, failure, isOwnFault, endingSince, said);
    }

    /** It passed. */
    BootState passed(Instant now) {
        return new BootState(Stage.TERMINATE, startedAt, clientToken, instance, test, "", false, now, line);
    }

    /** The image failed by its own doing. */
    BootState failed(String why, Instant now) {
        return new BootState(Stage.MARK, startedAt, clientToken, instance, test, why, true, now, line);
    }

    /** Nobody knows whether it would have passed. */
    BootState unknown(String why, Instant now) {
        return new BootState(Stage.TERMINATE, startedAt, clientToken, instance, test, why, false, now, line);
    }

    /** The image is marked; {@code trouble} says what of it could not be. */
    BootState marked(String trouble) {
        return new BootState(
                Stage.TERMINATE,
                startedAt,
                clientToken,
                instance,
                test,
                failure + trouble,
                isOwnFault,
                endingSince,
                line);
    }

    /** Nothing of the test is left. */
    BootState proved() {
        return new BootState(Stage.PROVED, startedAt, clientToken, instance, test, "", false, endingSince, line);
    }

    /** An abort of a test that has passed fails the step all the same. */
    BootState stopped(Instant now) {
        return isEnding() && !failure.isEmpty() ? this : unknown("stopped", now);
    }
}
