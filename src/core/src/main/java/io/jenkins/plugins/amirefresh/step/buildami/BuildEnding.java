package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.buildami.BuildState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a build ends that did not end well: told what stays, and rid of what Packer left. */
final class BuildEnding {

    private static final Duration SWEEP_TICK = Duration.ofSeconds(15);

    /** An instance terminates in minutes. */
    private static final Duration SWEEP_LIMIT = Duration.ofMinutes(15);

    private final ImageFamily family;
    private final StepHost host;

    BuildEnding(ImageFamily family, StepHost host) {
        this.family = family;
        this.host = host;
    }

    /** Packer has ended and the step fails, once nothing of what Packer made for a time is left. */
    Progress ended(StepState saved, BuildState state, String why) {
        PackerCommand.forgetInspection(host);
        return state.temporary().isEmpty()
                ? failed(state.in(saved), why)
                : new Progress.Again(
                        state.sweeping(why, host.clock().instant().plus(SWEEP_LIMIT))
                                .in(saved),
                        Duration.ZERO);
    }

    Progress sweep(StepState saved, BuildState state, List<AwsRegion> regions) {
        Sweep.Result result = new Sweep(host).once(state.temporary(), regions);
        result.removed().forEach(what -> host.log(family + ": removes what Packer left: " + what));
        BuildState swept = state.sweeping(result.removed());
        boolean isOver = result.left().isEmpty()
                || result.refused().isPresent()
                || !host.clock().instant().isBefore(state.sweepUntil());
        if (!isOver) {
            return new Progress.Again(swept.in(saved), SWEEP_TICK);
        }
        String removed =
                swept.swept().isEmpty() ? "" : "; removed what Packer left: " + String.join(", ", swept.swept());
        String left = result.left().isEmpty()
                ? ""
                : "; Packer left " + String.join(", ", result.left()) + ": remove it"
                        + result.refused().map(cause -> " (" + cause + ")").orElse("");
        List<String> unfinished = new Sweep(host).unfinished(state, regions);
        String images = unfinished.isEmpty()
                ? ""
                : "; " + String.join(", ", unfinished)
                        + " was begun and not finished: deregister it with its snapshots";
        return failed(swept.in(saved), state.failure() + removed + left + images);
    }

    /** Packer has ended after it was interrupted; it may have been done before it noticed, or have lost its way. */
    Progress interrupted(StepState saved, PackerCommand.Ended ended) {
        BuildState state = ended.state();
        int exitCode = ended.exitCode().orElse(-1);
        String rest;
        if (state.phase() != Phase.BUILD) {
            rest = "";
        } else if (exitCode == 0) {
            rest = left(state);
        } else if (exitCode == 1) {
            rest = "; Packer ended by itself, its lines above say what it removed" + left(state);
        } else {
            rest = "; Packer did not end by itself (exit code " + exitCode + ")"
                    + (state.temporary().isEmpty()
                            ? ": look for its temporary instance, key pair, security group and for AMIs with the tag "
                                    + AmiTags.BUILD_KEY + "=" + state.buildKey()
                            : ", its temporary names are " + String.join(", ", state.temporary()) + left(state));
        }
        return ended(saved, state, state.failure() + rest);
    }

    /** AMIs that are there although the step did not end well; with their tags the next build finds them. */
    String left(BuildState state) {
        if (state.amis().isEmpty() || state.reused() || !state.twice().isEmpty()) {
            return state.twice().isEmpty()
                    ? ""
                    : "; " + state.twice() + ": they stay, deregister them with their snapshots";
        }
        String built = "; " + BuiltAmis.text(state.amis()) + " had been built and stays";
        try {
            BuiltAmis amis = new BuiltAmis(host);
            Map<String, String> tags = new Provenance(family, host).tags(state);
            state.amis().forEach((region, id) -> amis.describe(region, id)
                    .ifPresent(ami -> amis.complete(region, ami, tags)));
            return built + ": the next build from the same files reuses it, or deregister it with its snapshots";
        } catch (CloudException e) {
            return built + " without its tags (" + e.getMessage() + "): deregister it with its snapshots";
        }
    }

    private Progress failed(StepState saved, String why) {
        return new Progress.Failed(saved, family + ": " + why);
    }
}
