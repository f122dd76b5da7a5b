package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Subnets.Subnet;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.Place;
import io.jenkins.plugins.amirefresh.refresh.RefreshPlan;
import io.jenkins.plugins.amirefresh.refresh.RefreshPolicy;
import io.jenkins.plugins.amirefresh.refresh.RefreshStrategy;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would make a refresh fail half-way, looked at before its first change. What belongs to an account and region is read
 * once a tick, however many groups start in it. A permission that is missing here refuses nothing.
 */
final class Preflight {

    private final StepHost host;
    private final Map<Place, Answer> answers = new HashMap<>();

    Preflight(StepHost host) {
        this.host = host;
    }

    /**
     * What the look came to.
     *
     * @param refusal why the refresh cannot work, empty when nothing speaks against it
     * @param unknown what could not be looked at and why, empty when all was
     */
    record Findings(Optional<String> refusal, String unknown) {

        static final Findings NONE = new Findings(Optional.empty(), "");
    }

    private record Answer(List<Subnet> subnets, String problem) {}

    /** @param outdated instances that have to be replaced */
    Findings look(Place place, GroupObservation group, RefreshPlan plan, int outdated) {
        int launches = launchedFirst(group, plan, outdated);
        if (launches == 0 || group.subnets().isEmpty()) {
            return Findings.NONE;
        }
        Answer answer = answers.computeIfAbsent(place, this::read);
        List<Subnet> subnets = answer.subnets().stream()
                .filter(subnet -> group.subnets().contains(subnet.id()))
                .toList();
        return new Findings(FreeAddresses.refusal(group, subnets, launches), answer.problem());
    }

    private Answer read(Place place) {
        try {
            return new Answer(
                    host.cloud(place.access(), place.region()).subnets().all(), "");
        } catch (CloudException.AccessDenied e) {
            return new Answer(List.of(), "the free addresses of its subnets are not known: " + e.getMessage());
        }
    }

    /** Instances that run beside those they replace, at most. */
    private static int launchedFirst(GroupObservation group, RefreshPlan plan, int outdated) {
        if (plan.strategy() == RefreshStrategy.INSTANCE_REFRESH) {
            return Math.min(outdated, aboveDesired(group, plan.policy()));
        }
        if (!plan.launchesFirst()) {
            return 0;
        }
        return plan.batch() == 0 ? outdated : Math.min(plan.batch(), outdated);
    }

    private static int aboveDesired(GroupObservation group, RefreshPolicy policy) {
        InstanceMaintenancePolicy own = group.maintenancePolicy();
        Integer max = policy.maxHealthyPercentage();
        int percentage = max != null ? max : own.isSet() ? own.maxHealthyPercentage() : 100;
        return group.capacity().desired() * Math.max(0, percentage - 100) / 100;
    }
}
