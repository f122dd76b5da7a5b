package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a build stands.
 *
 * @param startedAt when the step started
 * @param offset how much of the running command's output was read, {@code -1} before it runs
 * @param version Packer's version, empty until it told it
 * @param sourceAmi empty when it is not known before the build
 * @param sourceArchitecture empty likewise
 * @param errors error lines of the running command, as Packer wrote them
 * @param amis what was built
 * @param reused nothing was built, {@code amis} were there
 * @param failure why the command was interrupted, empty while it was not
 */
record BuildState(
        Phase phase,
        Instant startedAt,
        long offset,
        String version,
        String buildKey,
        String sourceAmi,
        String sourceArchitecture,
        List<String> errors,
        Map<AwsRegion, AmiId> amis,
        boolean reused,
        String failure) {

    private static final String DOCUMENT = "build";

    private static final long NOT_STARTED = -1;

    private static final int MOST_ERRORS = 40;

    /** What is being waited for. */
    enum Phase {
        VERSION,
        INIT,
        VALIDATE,
        BUILD,
        VERIFY
    }

    /** Copies the collections. */
    BuildState {
        errors = List.copyOf(errors);
        amis = Map.copyOf(amis);
    }

    static BuildState starting(Instant at) {
        return new BuildState(Phase.VERSION, at, NOT_STARTED, "", "", "", "", List.of(), Map.of(), false, "");
    }

    static Optional<BuildState> of(StepState state) {
        return state.document(DOCUMENT).map(json -> Json.read(json, BuildState.class));
    }

    StepState in(StepState state) {
        return state.with(DOCUMENT, Json.write(this));
    }

    /** The phase's command was started and its end was not seen. */
    boolean isRunning() {
        return phase != Phase.VERIFY && offset != NOT_STARTED;
    }

    BuildState started() {
        return read(0, List.of(), Map.of());
    }

    BuildState to(Phase next) {
        return new BuildState(
                next,
                startedAt,
                NOT_STARTED,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                List.of(),
                amis,
                reused,
                failure);
    }

    BuildState knowing(String packerVersion, String key, String source, String architecture) {
        return new BuildState(
                phase, startedAt, offset, packerVersion, key, source, architecture, errors, amis, reused, failure);
    }

    BuildState having(Map<AwsRegion, AmiId> found, boolean foundBefore) {
        return new BuildState(
                phase,
                startedAt,
                offset,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                errors,
                found,
                foundBefore,
                failure);
    }

    /** With a piece of output read: its errors, and the AMIs it announced. */
    BuildState read(long newOffset, List<String> newErrors, Map<AwsRegion, AmiId> announced) {
        List<String> allErrors = new ArrayList<>(errors);
        allErrors.addAll(newErrors);
        Map<AwsRegion, AmiId> all = new TreeMap<>(amis);
        all.putAll(announced);
        return new BuildState(
                phase,
                startedAt,
                newOffset,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                allErrors.subList(Math.max(0, allErrors.size() - MOST_ERRORS), allErrors.size()),
                all,
                reused,
                failure);
    }

    BuildState interrupted(String why) {
        return new BuildState(
                phase, startedAt, offset, version, buildKey, sourceAmi, sourceArchitecture, errors, amis, reused, why);
    }
}
