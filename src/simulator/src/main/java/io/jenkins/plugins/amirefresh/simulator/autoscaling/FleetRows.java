package io.jenkins.plugins.amirefresh.simulator.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Member;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Placement;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Serving;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Optional;

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
        launches(group, row, Placement.template(group.configuration()));
        ArrayNode overrides = row.putArray("overrides");
        Placement.declaredOverrides(group).forEach(override -> override(group, override, overrides));
        row.set("suspendedProcesses", Fields.texts(group.suspended().keySet()));
        ObjectNode tags = row.putObject("tags");
        group.tags().values().forEach(tag -> tags.put(tag.key(), tag.value()));
        row.put("isBehindBalancers", serving.isBehindBalancers(group));
        row.put("isBeingDeleted", group.isDeleting());
        ArrayNode instances = row.putArray("instances");
        group.members().forEach(member -> instance(group, member, instances.addObject()));
    }

    /** What a template would launch, null when that is gone. */
    private void launches(Group group, ObjectNode row, ObjectNode template) {
        row.put("launches", ground.fleet().launches(group.at(), template).orElse(null));
        try {
            TemplateVersion version = ground.fleet().resolve(group.at(), template);
            row.put("launchTemplateName", version.name()).put("launchTemplateVersion", version.number());
        } catch (AwsError gone) {
            row.putNull("launchTemplateName").putNull("launchTemplateVersion");
        }
    }

    /** Overrides that launch something else than the group's template. */
    private void override(Group group, JsonNode override, ArrayNode rows) {
        Optional<ObjectNode> own = Fields.structure(override, "LaunchTemplateSpecification");
        Optional<String> image = Fields.text(override, "ImageId");
        if (own.isPresent() || image.isPresent()) {
            ObjectNode row = rows.addObject();
            own.ifPresent(template -> launches(group, row, template));
            image.ifPresent(id -> row.put("ami", id));
            Fields.text(override, "InstanceType").ifPresent(type -> row.put("instanceType", type));
        }
    }

    private void instance(Group group, Member member, ObjectNode row) {
        row.put("id", member.id()).put("lifecycleState", member.state().text());
        row.put("healthStatus", member.isHealthy() ? "Healthy" : "Unhealthy");
        row.put("serving", serving.isServing(group, member));
        row.put("answering", serving.isAnswering(group, member));
        row.put("healthyBehindBalancers", ground.isHealthyBehind(group, member));
        row.put("weight", member.weight());
        row.put("protectedFromScaleIn", member.isProtectedFromScaleIn());
        row.put("imageName", ground.fleet().imageName(group.at(), member.id()).orElse(null));
        row.put("ami", member.machine().imageId())
                .put("instanceType", member.machine().instanceType());
        Optional<TemplateVersion> template = member.machine().template();
        row.put("launchTemplateName", template.map(TemplateVersion::name).orElse(null));
        row.put("version", template.map(TemplateVersion::number).orElse(null));
    }
}
