package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplate;
import java.util.Optional;

/** Launch templates and AMIs as a fleet's rows. */
final class FleetRows {

    private FleetRows() {}

    static void templates(Ec2Region region, ArrayNode rows) {
        for (LaunchTemplate template : region.launchTemplates().all()) {
            Optional<Image> image = region.launches(template.version("$Default"));
            ObjectNode row = row(region, rows)
                    .put("id", template.id())
                    .put("name", template.name())
                    .put("default", template.defaultVersion())
                    .put("latest", template.latestVersion())
                    .put("defaultImageName", image.map(Image::name).orElse(null));
            ArrayNode versions = row.putArray("versions");
            template.versions().forEach(version -> versions.addObject()
                    .put("version", version.number())
                    .put("imageName", region.launches(version).map(Image::name).orElse(null)));
            ObjectNode tags = row.putObject("tags");
            template.tags().asMap().forEach(tags::put);
        }
    }

    /** The account's own. */
    static void images(Ec2Region region, ArrayNode rows) {
        for (Image image : region.images().all()) {
            if (image.ownerId().equals(region.at().accountId())) {
                ObjectNode row = row(region, rows)
                        .put("name", image.name())
                        .put("ami", image.id())
                        .put("state", image.state().text());
                ObjectNode tags = row.putObject("tags");
                image.tags().asMap().forEach(tags::put);
            }
        }
    }

    /** Those of no group. */
    static void instances(Ec2Region region, ArrayNode rows) {
        for (Instance instance : region.instances().all()) {
            if (instance.tags().get("aws:autoscaling:groupName").isEmpty()) {
                ObjectNode row = row(region, rows)
                        .put("id", instance.id())
                        .put("name", instance.tags().get("Name").orElse(""))
                        .put("state", instance.state().text())
                        .put("instanceType", instance.instanceType());
                ObjectNode tags = row.putObject("tags");
                instance.tags().asMap().forEach(tags::put);
            }
        }
    }

    private static ObjectNode row(Ec2Region region, ArrayNode rows) {
        return rows.addObject()
                .put("account", region.at().accountId())
                .put("region", region.at().region());
    }
}
