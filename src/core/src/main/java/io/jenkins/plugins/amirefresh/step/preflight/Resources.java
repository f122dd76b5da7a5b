package io.jenkins.plugins.amirefresh.step.preflight;

import io.jenkins.plugins.amirefresh.cloud.SecurityGroups.SecurityGroup;
import io.jenkins.plugins.amirefresh.cloud.Subnets.Subnet;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.LaunchResources;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.step.preflight.PlaceReads.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether what a version is launched with is still there beside its AMI: nothing holds a key pair, a security group or an
 * instance profile for a launch template, and every launch fails without them. Source: EC2 Auto Scaling User Guide,
 * "Troubleshoot Amazon EC2 Auto Scaling: EC2 instance launch failures".
 */
final class Resources {

    private final PlaceReads reads;
    private final Place place;
    private final List<String> missing = new ArrayList<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    private Resources(PlaceReads reads, Place place) {
        this.reads = reads;
        this.place = place;
    }

    /**
     * What the look came to.
     *
     * @param problem {@code version 2 is launched with key pair web, which does not exist}; empty when all is there
     * @param unknown what could not be looked at, and why
     */
    record Found(Optional<String> problem, Set<String> unknown) {}

    /** Looks at what a version names, and at the subnets of the group that launches from it. */
    static Found look(PlaceReads reads, Place place, GroupObservation group, LaunchTemplateVersionData version) {
        Resources look = new Resources(reads, place);
        look.look(version.resources(), group.subnets());
        Optional<String> problem = look.missing.isEmpty()
                ? Optional.empty()
                : Optional.of("version " + version.version() + " is launched with "
                        + String.join(" and ", look.missing)
                        + (look.missing.size() == 1 ? ", which does not exist" : ", which do not exist"));
        return new Found(problem, look.unknown);
    }

    /** A group's own subnets go before those that the template names. */
    private void look(LaunchResources resources, List<String> subnets) {
        List<String> used = subnets.isEmpty() ? resources.subnets() : subnets;
        if (!used.isEmpty()) {
            among(reads.subnets(place), Subnet::id, used, "subnet ");
        }
        if (!resources.keyPair().isEmpty()) {
            among(reads.keyPairs(place), Function.identity(), List.of(resources.keyPair()), "key pair ");
        }
        if (!resources.securityGroups().isEmpty()) {
            among(reads.securityGroups(place), SecurityGroup::id, resources.securityGroups(), "security group ");
        }
        if (!resources.securityGroupNames().isEmpty()) {
            among(reads.securityGroups(place), SecurityGroup::name, resources.securityGroupNames(), "security group ");
        }
        String profile = resources.instanceProfileName();
        if (!profile.isEmpty()) {
            among(reads.instanceProfile(place, profile), Function.identity(), List.of(profile), "instance profile ");
        }
    }

    private <T> void among(Answer<T> answer, Function<T, String> name, List<String> named, String kind) {
        if (!answer.isKnown()) {
            unknown.add(answer.problem());
            return;
        }
        List<String> there = answer.items().stream().map(name).toList();
        named.stream().distinct().filter(one -> !there.contains(one)).forEach(one -> missing.add(kind + one));
    }
}
