package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.ami.AmiTags;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.buildami.BuildState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How a boot test ends: an image that failed is marked bad in every region, and the instance is terminated in any case. */
final class BootEnding {

    private static final Duration TICK = Duration.ofSeconds(5);

    /** AWS may not show yet what was launched a moment ago. */
    private static final Duration UNSEEN = Duration.ofMinutes(1);

    private static final Duration LIMIT = Duration.ofMinutes(15);

    private static final Set<String> GOING = Set.of("shutting-down", "terminated");

    private final ImageFamily family;
    private final AwsRegion region;
    private final AmiId ami;
    private final StepHost host;
    private final Instant now;

    BootEnding(ImageFamily family, AwsRegion region, AmiId ami, StepHost host) {
        this.family = family;
        this.region = region;
        this.ami = ami;
        this.host = host;
        this.now = host.clock().instant();
    }

    Progress tick(StepState saved, BuildState build, BootState state) {
        return state.stage() == BootState.Stage.MARK ? mark(saved, build, state) : terminate(saved, build, state);
    }

    private Progress mark(StepState saved, BuildState build, BootState state) {
        List<String> unmarked = new ArrayList<>();
        for (Map.Entry<AwsRegion, AmiId> image : new TreeMap<>(build.amis()).entrySet()) {
            try {
                cloud(image.getKey()).amis().putTags(image.getValue(), Map.of(AmiTags.BAD, tag(state.failure())));
            } catch (CloudException e) {
                if (e.isTransient() && isInTime(state)) {
                    return again(saved, state);
                }
                unmarked.add("; " + image.getValue() + " in " + image.getKey() + " could not be marked bad, tag it "
                        + AmiTags.BAD + " yourself: " + e.getMessage());
            }
        }
        String trouble = unmarked.isEmpty() ? "; it is marked bad and is not used again" : String.join("", unmarked);
        return again(saved, state.marked(trouble));
    }

    private static String tag(String why) {
        String value = "boot test: " + why;
        return value.length() <= AmiTags.LONGEST_VALUE ? value : value.substring(0, AmiTags.LONGEST_VALUE);
    }

    private Progress terminate(StepState saved, BuildState build, BootState state) {
        try {
            if (state.instance().isEmpty()) {
                return look(saved, build, state);
            }
            InstanceId id = new InstanceId(state.instance());
            boolean isGoing = cloud(region).instances().describe(List.of(id)).stream()
                    .anyMatch(instance -> GOING.contains(instance.state()));
            if (isGoing) {
                return ended(saved, build, state, "");
            }
            cloud(region).temporaryResources().terminate(id);
            return isInTime(state) ? again(saved, state) : ended(saved, build, state, left(state, "it does not end"));
        } catch (CloudException.NotFound e) {
            return isYoung(state) ? again(saved, state) : ended(saved, build, state, "");
        } catch (CloudException e) {
            return e.isTransient() && isInTime(state)
                    ? again(saved, state)
                    : ended(saved, build, state, left(state, String.valueOf(e.getMessage())));
        }
    }

    /** Whether the launch took effect is not known; its client token says so. */
    private Progress look(StepState saved, BuildState build, BootState state) {
        List<InstanceId> launched = cloud(region).bootInstances().launchedWith(state.clientToken());
        if (!launched.isEmpty()) {
            return again(saved, state.launched(launched.get(0).value()));
        }
        return isYoung(state) ? again(saved, state) : ended(saved, build, state, "");
    }

    private String left(BootState state, String why) {
        String what = state.instance().isEmpty()
                ? "an instance that AWS may have launched with client token " + state.clientToken()
                : state.instance();
        return "; " + what + " in " + region + " is left, terminate it: " + why;
    }

    private Progress ended(StepState saved, BuildState build, BootState state, String left) {
        if (state.failure().isEmpty() && left.isEmpty()) {
            host.log(family + ": boot test: " + ami + " in " + region + " passed, " + state.instance()
                    + " is terminated");
            return new Progress.Again(build.to(Phase.VERIFY).in(state.proved().in(saved)), Duration.ZERO);
        }
        String image = family + ": " + ami + " in " + region;
        if (state.failure().isEmpty()) {
            return failed(saved, state, image + " passed its boot test" + left);
        }
        return failed(
                saved,
                state,
                state.isOwnFault()
                        ? image + " failed its boot test: " + state.failure() + left
                        : image + " is not proved by its boot test: " + state.failure() + left
                                + "; it is not marked bad, the next build from the same files tests it again");
    }

    private static Progress failed(StepState saved, BootState state, String message) {
        return new Progress.Failed(state.in(saved), message);
    }

    private boolean isYoung(BootState state) {
        return now.isBefore(state.endingFrom().plus(UNSEEN));
    }

    private boolean isInTime(BootState state) {
        return now.isBefore(state.endingFrom().plus(LIMIT));
    }

    private Cloud cloud(AwsRegion at) {
        return host.cloud(AccountAccess.SELF, at);
    }

    private static Progress again(StepState saved, BootState state) {
        return new Progress.Again(state.in(saved), TICK);
    }
}
