package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.TemporaryResources;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.packer.PackerOutput;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what a Packer that did not end well has left. Packer names its key pair and security group by a random id of one
 * build, and only what has such a name is touched: an instance that Packer merely mentions may be anybody's.
 *
 * <p>Source: hashicorp/packer v1.6.6, {@code builder/amazon/common/step_key_pair.go}, {@code step_security_group.go}.
 */
final class Sweep {

    private static final Pattern NAME = Pattern.compile(
            "Creating temporary (?:[a-z0-9]+ )?(?:keypair|security group for this instance): (packer_[0-9a-f-]{36})");

    private static final Pattern AMI = Pattern.compile("\\bAMI: (ami-(?:[0-9a-f]{17}|[0-9a-f]{8}))$");

    private static final String DEPENDENT = "DependencyViolation";

    private final StepHost host;

    Sweep(StepHost host) {
        this.host = host;
    }

    /** Names and AMIs in a piece of Packer's output. */
    static List<String> named(String output) {
        List<String> named = new ArrayList<>();
        for (String line : PackerOutput.humanLines(output)) {
            for (Pattern pattern : List.of(NAME, AMI)) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        return named;
    }

    /** AMIs that Packer began and did not announce at its end, those that are there: nobody knows what is in them. */
    List<String> unfinished(BuildState state, List<AwsRegion> regions) {
        List<String> unfinished = new ArrayList<>();
        for (String id : state.temporary()) {
            if (id.startsWith("ami-") && !state.amis().containsValue(new AmiId(id))) {
                regions.stream()
                        .filter(region -> isThere(new AmiId(id), region))
                        .forEach(region -> unfinished.add(id + " in " + region));
            }
        }
        return unfinished;
    }

    private boolean isThere(AmiId id, AwsRegion region) {
        try {
            return new BuiltAmis(host).describe(region, id).isPresent();
        } catch (CloudException e) {
            // Better named without need than forgotten.
            return true;
        }
    }

    /**
     * What one look came to.
     *
     * @param removed what was removed now
     * @param left what is there still
     * @param refused AWS's refusal for good
     */
    record Result(List<String> removed, List<String> left, Optional<String> refused) {}

    /** Looks once, and removes what can be removed now: a security group goes after its instance. */
    Result once(List<String> named, List<AwsRegion> regions) {
        List<String> names =
                named.stream().filter(name -> !name.startsWith("ami-")).toList();
        List<String> removed = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Optional<String> refused = Optional.empty();
        for (AwsRegion region : names.isEmpty() ? List.<AwsRegion>of() : regions) {
            TemporaryResources resources =
                    host.cloud(AccountAccess.SELF, region).temporaryResources();
            try {
                TemporaryResources.Found found = resources.find(names);
                left.addAll(words(found, region));
                remove(resources, found, region, removed);
            } catch (CloudException e) {
                // A security group that an instance still has, or AWS's own trouble: the next look tries again.
                if (!e.isTransient() && !e.awsErrorCode().equals(DEPENDENT)) {
                    refused = Optional.of(String.valueOf(e.getMessage()));
                }
                if (left.isEmpty()) {
                    left.add(String.join(", ", names) + " in " + region);
                }
            }
        }
        return new Result(removed, left, refused);
    }

    private static void remove(
            TemporaryResources resources, TemporaryResources.Found found, AwsRegion region, List<String> removed) {
        found.instances().forEach((instance, state) -> {
            if (!state.equals("shutting-down")) {
                resources.terminate(instance);
                removed.add("instance " + instance + " in " + region);
            }
        });
        found.keyPairs().forEach(name -> {
            resources.deleteKeyPair(name);
            removed.add("key pair " + name + " in " + region);
        });
        if (found.instances().isEmpty()) {
            found.securityGroups().forEach((name, id) -> {
                resources.deleteSecurityGroup(id);
                removed.add("security group " + id + " in " + region);
            });
        }
    }

    private static List<String> words(TemporaryResources.Found found, AwsRegion region) {
        List<String> words = new ArrayList<>();
        found.instances().keySet().forEach(instance -> words.add("instance " + instance + " in " + region));
        found.keyPairs().forEach(name -> words.add("key pair " + name + " in " + region));
        found.securityGroups().values().forEach(id -> words.add("security group " + id + " in " + region));
        return words;
    }
}
