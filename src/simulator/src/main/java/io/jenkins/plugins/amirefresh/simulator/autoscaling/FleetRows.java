package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Placement;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Serving;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;

/** Groups as a fleet's rows: what they run, what of it serves, what they would launch next. */
final class FleetRows {

    private final Ground ground;
    private final Serving serving;

    FleetRows(Ground ground) {
        this.ground = ground;
        this.serving = new Serving(ground);
    }

    void of(AccountRegion at, ArrayNode rows) {
        ground.groups().in(at).forEach(group -> group(group, rows.addObject()));
    }

    private void group(Group group, ObjectNode row) {
        row.put("account", group.at().accountId()).put("region", group.at().region());
        row.put("autoScalingGroupName", group.name());
        row.put("min", group.min()).put("desired", group.desired()).put("max", group.max());
        row.put(
                "launches",
                ground.fleet()
                        .launches(group.at(), Placement.template(group.configuration()))
                        .orElse(null));
        row.set("suspendedProcesses", Fields.texts(group.suspended().keySet()));
        ObjectNode tags = row.putObject("tags");
        group.tags().values().forEach(tag -> tags.put(tag.key(), tag.value()));
        row.put("isBeingDeleted", group.isDeleting());
        ArrayNode instances = row.putArray("instances");
        group.members().forEach(member -> instance(group, member, instances.addObject()));
    }

    private void instance(Group group, Member member, ObjectNode row) {
        row.put("id", member.id()).put("lifecycleState", member.state().text());
        row.put("healthStatus", member.isHealthy() ? "Healthy" : "Unhealthy");
        row.put("serving", serving.isServing(group, member));
        row.put("answering", serving.isAnswering(group, member));
        row.put("imageName", ground.fleet().imageName(group.at(), member.id()).orElse(null));
        row.put("ami", member.machine().imageId());
        row.put(
                "launchTemplateName",
                member.machine().template().map(template -> template.name()).orElse(null));
        member.machine()
                .template()
                .ifPresentOrElse(template -> row.put("version", template.number()), () -> row.putNull("version"));
    }
}
