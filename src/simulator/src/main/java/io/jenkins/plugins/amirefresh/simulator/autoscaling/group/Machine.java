package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import java.util.Optional;

/**
 * An EC2 instance as Auto Scaling knows it.
 *
 * @param template empty when it was attached, not launched from a template
 * @param launchConfiguration empty when it was not launched from one
 */
public record Machine(
        String instanceId,
        String zone,
        String subnetId,
        String instanceType,
        String imageId,
        Optional<TemplateVersion> template,
        boolean spot,
        Optional<String> launchConfiguration) {

    /** One that no launch configuration made. */
    public Machine(
            String instanceId,
            String zone,
            String subnetId,
            String instanceType,
            String imageId,
            Optional<TemplateVersion> template,
            boolean spot) {
        this(instanceId, zone, subnetId, instanceType, imageId, template, spot, Optional.empty());
    }
}
