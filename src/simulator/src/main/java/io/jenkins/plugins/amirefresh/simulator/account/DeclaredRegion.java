package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one account holds in one region.
 *
 * @param name for example {@code eu-west-1}
 * @param vpcs at least one: AWS's default VPC with a subnet in each of three zones when the file declares none
 * @param securityGroups besides each VPC's own
 * @param kmsKeys customer managed keys
 * @param launchConfigurations what groups without launch template have
 * @param instances those of no group
 * @param loadBalancers classic ones
 * @param parameters SSM parameters by name
 * @param queues SQS queues
 * @param capacityReservations of EC2
 * @param repositories of ECR
 * @param taskDefinitions of ECS, by family
 * @param clusters of ECS
 */
public record DeclaredRegion(
        int line,
        String name,
        List<DeclaredVpc> vpcs,
        List<DeclaredSecurityGroup> securityGroups,
        List<DeclaredImage> images,
        List<DeclaredKmsKey> kmsKeys,
        List<DeclaredTemplate> launchTemplates,
        List<DeclaredLaunchConfiguration> launchConfigurations,
        List<DeclaredTargetGroup> targetGroups,
        List<DeclaredLoadBalancer> loadBalancers,
        List<DeclaredGroup> autoScalingGroups,
        List<DeclaredInstance> instances,
        Map<String, String> parameters,
        List<DeclaredQueue> queues,
        DeclaredQuotas quotas,
        List<DeclaredCapacityReservation> capacityReservations,
        List<DeclaredRepository> repositories,
        List<DeclaredTaskDefinition> taskDefinitions,
        List<DeclaredCluster> clusters) {

    public DeclaredRegion {
        vpcs = vpcs == null || vpcs.isEmpty() ? List.of(DeclaredVpc.awsDefault(name)) : List.copyOf(vpcs);
        securityGroups = Lists.orEmpty(securityGroups);
        images = Lists.orEmpty(images);
        kmsKeys = Lists.orEmpty(kmsKeys);
        launchConfigurations = Lists.orEmpty(launchConfigurations);
        launchTemplates = Lists.orEmpty(launchTemplates);
        targetGroups = Lists.orEmpty(targetGroups);
        loadBalancers = Lists.orEmpty(loadBalancers);
        autoScalingGroups = Lists.orEmpty(autoScalingGroups);
        instances = Lists.orEmpty(instances);
        parameters = Lists.orEmpty(parameters);
        queues = Lists.orEmpty(queues);
        quotas = Lists.or(quotas, new DeclaredQuotas(0, 0));
        capacityReservations = Lists.orEmpty(capacityReservations);
        repositories = Lists.orEmpty(repositories);
        taskDefinitions = Lists.orEmpty(taskDefinitions);
        clusters = Lists.orEmpty(clusters);
    }

    /** The image of this name. */
    public Optional<DeclaredImage> image(String imageName) {
        return images.stream().filter(image -> image.name().equals(imageName)).findFirst();
    }

    /** The launch template of this name. */
    public Optional<DeclaredTemplate> launchTemplate(String templateName) {
        return launchTemplates.stream()
                .filter(template -> template.name().equals(templateName))
                .findFirst();
    }
}
