package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplate;
import java.util.List;

/** One region's EC2 for people and tests. */
final class StateViews {

    private StateViews() {}

    static ObjectNode of(Ec2Region region) {
        ObjectNode state = Nodes.object();
        state.set("instances", Nodes.array(region.instances().all(), StateViews::view));
        state.set("launchTemplates", Nodes.array(region.launchTemplates().all(), StateViews::view));
        List<Image> own = region.images().all().stream()
                .filter(image -> image.ownerId().equals(region.at().accountId()))
                .toList();
        state.set("images", Nodes.array(own, StateViews::view));
        return state;
    }

    private static ObjectNode view(Instance instance) {
        ObjectNode view = Nodes.object()
                .put("id", instance.id())
                .put("state", instance.state().text())
                .put("image", instance.image().id())
                .put("type", instance.instanceType())
                .put("zone", instance.zone())
                .put("privateAddress", instance.privateAddress())
                .put("launchTime", instance.launchTime().toString());
        instance.template()
                .ifPresent(version ->
                        view.put("launchTemplate", version.template().name()).put("version", version.number()));
        instance.tags().get("aws:autoscaling:groupName").ifPresent(group -> view.put("group", group));
        return view;
    }

    private static ObjectNode view(LaunchTemplate template) {
        return Nodes.object()
                .put("id", template.id())
                .put("name", template.name())
                .put("default", template.defaultVersion())
                .put("latest", template.latestVersion());
    }

    private static ObjectNode view(Image image) {
        return Nodes.object()
                .put("id", image.id())
                .put("name", image.name())
                .put("state", image.state().text());
    }
}
