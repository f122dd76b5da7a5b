package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.packer.PackerArtifact;
import io.jenkins.plugins.amirefresh.step.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
 * @param own variables that buildAmi knows and the team gives values itself
 * @param builtBy the build that announced each region's AMI
 * @param twice two builds that each announced an AMI in one region, in words; empty for none
 * @param temporary names of what Packer made for the time of the build: key pairs, security groups, instances
 * @param sweepUntil how long what it left is looked for, null before
 * @param swept what was removed of it
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
        String failure,
        @Nullable List<String> own,
        @Nullable Map<AwsRegion, String> builtBy,
        @Nullable String twice,
        @Nullable List<String> temporary,
        @Nullable Instant sweepUntil,
        @Nullable List<String> swept) {

    private static final String DOCUMENT = "build";

    private static final long NOT_STARTED = -1;

    private static final int MOST_ERRORS = 40;

    /** What is being waited for. */
    enum Phase {
        VERSION,
        INIT,
        INSPECT,
        VALIDATE,
        BUILD,
        VERIFY,
        BOOT,
        SWEEP
    }

    /** Copies the collections. */
    BuildState {
        errors = List.copyOf(errors);
        amis = Map.copyOf(amis);
        // States of earlier versions lack the rest.
        temporary = temporary == null ? List.of() : List.copyOf(temporary);
        swept = swept == null ? List.of() : List.copyOf(swept);
        own = own == null ? List.of() : List.copyOf(own);
        builtBy = builtBy == null ? Map.of() : Map.copyOf(builtBy);
        twice = twice == null ? "" : twice;
    }

    @Override
    public List<String> own() {
        return Objects.requireNonNull(own);
    }

    @Override
    public Map<AwsRegion, String> builtBy() {
        return Objects.requireNonNull(builtBy);
    }

    @Override
    public List<String> temporary() {
        return Objects.requireNonNull(temporary);
    }

    @Override
    public List<String> swept() {
        return Objects.requireNonNull(swept);
    }

    @Override
    public Instant sweepUntil() {
        return sweepUntil == null ? startedAt : sweepUntil;
    }

    @Override
    public String twice() {
        return Objects.requireNonNull(twice);
    }

    static BuildState starting(Instant at) {
        return new BuildState(
                Phase.VERSION,
                at,
                NOT_STARTED,
                "",
                "",
                "",
                "",
                List.of(),
                Map.of(),
                false,
                "",
                List.of(),
                Map.of(),
                "",
                List.of(),
                null,
                List.of());
    }

    static Optional<BuildState> of(StepState state) {
        return state.document(DOCUMENT).map(json -> Json.read(json, BuildState.class));
    }

    StepState in(StepState state) {
        return state.with(DOCUMENT, Json.write(this));
    }

    /** The phase's command was started and its end was not seen. */
    boolean isRunning() {
        return phase != Phase.VERIFY && phase != Phase.BOOT && phase != Phase.SWEEP && offset != NOT_STARTED;
    }

    BuildState started() {
        return read(0, List.of(), List.of());
    }

    BuildState to(Phase next) {
        return copy(next, NOT_STARTED, List.of(), amis, reused, failure);
    }

    BuildState knowing(String packerVersion, String key, String source, String architecture) {
        return new BuildState(
                phase,
                startedAt,
                offset,
                packerVersion,
                key,
                source,
                architecture,
                errors,
                amis,
                reused,
                failure,
                own,
                builtBy,
                twice,
                temporary,
                sweepUntil,
                swept);
    }

    /** With the variables that are the team's own. */
    BuildState leaving(List<String> names) {
        return new BuildState(
                phase,
                startedAt,
                offset,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                errors,
                amis,
                reused,
                failure,
                names,
                builtBy,
                twice,
                temporary,
                sweepUntil,
                swept);
    }

    BuildState having(Map<AwsRegion, AmiId> found, boolean foundBefore) {
        return copy(phase, offset, errors, found, foundBefore, failure);
    }

    /** With a piece of output read: its errors, and the AMIs it announced; each post-processor announces one again. */
    BuildState read(long newOffset, List<String> newErrors, List<PackerArtifact> announced) {
        List<String> allErrors = new ArrayList<>(errors);
        allErrors.addAll(newErrors);
        Map<AwsRegion, AmiId> all = new TreeMap<>(amis);
        Map<AwsRegion, String> builds = new TreeMap<>(builtBy());
        String conflict = twice();
        for (PackerArtifact artifact : announced) {
            for (Map.Entry<AwsRegion, AmiId> ami : artifact.amis().entrySet()) {
                AmiId other = all.put(ami.getKey(), ami.getValue());
                String build = builds.put(ami.getKey(), artifact.build());
                if (other != null && build != null && !other.equals(ami.getValue()) && conflict.isEmpty()) {
                    conflict = build + " made " + other + " and " + artifact.build() + " made " + ami.getValue()
                            + " in " + ami.getKey();
                }
            }
        }
        BuildState read = copy(
                phase,
                newOffset,
                allErrors.subList(Math.max(0, allErrors.size() - MOST_ERRORS), allErrors.size()),
                all,
                reused,
                failure);
        return read.builtBy(builds, conflict);
    }

    BuildState interrupted(String why) {
        return copy(phase, offset, errors, amis, reused, why);
    }

    /** With more names of what Packer made for a time. */
    BuildState making(List<String> names) {
        List<String> all = new ArrayList<>(temporary());
        names.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return sweep(all, sweepUntil, swept());
    }

    /** Packer ended badly: what it left is removed, then the step fails with {@code why}. */
    BuildState sweeping(String why, Instant until) {
        return copy(Phase.SWEEP, NOT_STARTED, errors, amis, reused, why).sweep(temporary(), until, swept());
    }

    BuildState sweeping(List<String> removed) {
        List<String> all = new ArrayList<>(swept());
        removed.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return sweep(temporary(), sweepUntil, all);
    }

    private BuildState sweep(List<String> names, @Nullable Instant until, List<String> removed) {
        return new BuildState(
                phase,
                startedAt,
                offset,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                errors,
                amis,
                reused,
                failure,
                own,
                builtBy,
                twice,
                names,
                until,
                removed);
    }

    private BuildState copy(
            Phase newPhase,
            long newOffset,
            List<String> newErrors,
            Map<AwsRegion, AmiId> newAmis,
            boolean isReused,
            String why) {
        return new BuildState(
                newPhase,
                startedAt,
                newOffset,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                newErrors,
                newAmis,
                isReused,
                why,
                own,
                builtBy,
                twice,
                temporary,
                sweepUntil,
                swept);
    }

    private BuildState builtBy(Map<AwsRegion, String> builds, String conflict) {
        return new BuildState(
                phase,
                startedAt,
                offset,
                version,
                buildKey,
                sourceAmi,
                sourceArchitecture,
                errors,
                amis,
                reused,
                failure,
                own,
                builds,
                conflict,
                temporary,
                sweepUntil,
                swept);
    }
}
