package io.jenkins.plugins.amirefresh.simulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a schema cannot say: names are unique, references resolve, sizes fit. Refuses the first mistake with its line. */
final class AccountCheck {

    private static final String CREATE = "CreateAutoScalingGroup";
    private static final int MOST_TAGS = 50;

    private final AccountFile file;

    private AccountCheck(AccountFile file) {
        this.file = file;
    }

    static void check(AccountFile file) {
        AccountCheck check = new AccountCheck(file);
        check.unique("account", file.accounts(), DeclaredAccount::id, DeclaredAccount::line);
        check.keys();
        for (DeclaredAccount account : file.accounts()) {
            check.unique("role", account.roles(), DeclaredRole::name, DeclaredRole::line);
            check.unique("region", account.regions(), DeclaredRegion::name, DeclaredRegion::line);
            account.regions().forEach(check::region);
        }
        file.happenings().forEach(check::happening);
        file.faults().forEach(check::fault);
        file.behaviours().forEach(check::behaviour);
    }

    private AccountFileException wrong(int line, String problem) {
        return new AccountFileException(file.source(), line, problem);
    }

    private void require(boolean holds, int line, String problem) {
        if (!holds) {
            throw wrong(line, problem);
        }
    }

    private <T> Set<String> unique(String kind, List<T> items, Function<T, String> name, ToIntFunction<T> line) {
        var seen = new HashSet<String>();
        for (T item : items) {
            require(
                    seen.add(name.apply(item)),
                    line.applyAsInt(item),
                    "the " + kind + " '" + name.apply(item) + "' is declared twice");
        }
        return seen;
    }

    private void keys() {
        Map<String, String> accountByKey = new HashMap<>();
        for (DeclaredAccount account : file.accounts()) {
            for (String key : account.accessKeys()) {
                String other = accountByKey.put(key, account.id());
                require(other == null, account.line(), "the access key '" + key + "' is declared twice");
            }
        }
    }

    private void region(DeclaredRegion region) {
        unique("image", region.images(), DeclaredImage::name, DeclaredImage::line);
        unique("VPC", region.vpcs(), DeclaredVpc::name, DeclaredVpc::line);
        unique("security group", region.securityGroups(), DeclaredSecurityGroup::name, DeclaredSecurityGroup::line);
        unique("launch template", region.launchTemplates(), DeclaredTemplate::name, DeclaredTemplate::line);
        unique("target group", region.targetGroups(), DeclaredTargetGroup::name, DeclaredTargetGroup::line);
        unique("load balancer", region.loadBalancers(), DeclaredLoadBalancer::name, DeclaredLoadBalancer::line);
        unique("Auto Scaling group", region.autoScalingGroups(), DeclaredGroup::name, DeclaredGroup::line);
        List<DeclaredVpc.Subnet> subnets =
                region.vpcs().stream().flatMap(vpc -> vpc.subnets().stream()).toList();
        unique("subnet", subnets, DeclaredVpc.Subnet::name, DeclaredVpc.Subnet::line);
        region.vpcs().stream()
                .flatMap(vpc -> CidrCheck.problem(vpc).stream())
                .findFirst()
                .ifPresent(problem -> {
                    throw wrong(problem.line(), problem.text());
                });
        for (DeclaredVpc.Subnet subnet : subnets) {
            require(
                    subnet.zone().startsWith(region.name()),
                    subnet.line(),
                    "zone " + subnet.zone() + " is not in region " + region.name());
        }
        capacityReservations(region);
        containers(region);
        Set<String> vpcs = names(region.vpcs().stream().map(DeclaredVpc::name));
        region.securityGroups().forEach(group -> securityGroup(group, vpcs));
        images(region);
        launchConfigurations(region);
        instances(region);
        region.launchTemplates().forEach(template -> template(region, template));
        for (DeclaredTargetGroup group : region.targetGroups()) {
            require(group.vpc() == null || vpcs.contains(group.vpc()), group.line(), unknown("VPC", group.vpc(), vpcs));
        }
        Set<String> subnetNames = names(subnets.stream().map(DeclaredVpc.Subnet::name));
        Set<String> targets = names(region.targetGroups().stream().map(DeclaredTargetGroup::name));
        Set<String> balancers = names(region.loadBalancers().stream().map(DeclaredLoadBalancer::name));
        for (DeclaredGroup group : region.autoScalingGroups()) {
            group(region, group, subnetNames, targets);
            group.loadBalancers()
                    .forEach(name ->
                            require(balancers.contains(name), group.line(), unknown("load balancer", name, balancers)));
        }
    }

    private void images(DeclaredRegion region) {
        Set<String> keys = unique("KMS key", region.kmsKeys(), DeclaredKmsKey::name, DeclaredKmsKey::line);
        for (DeclaredImage image : region.images()) {
            tags(image.tags(), image.line());
            require(
                    image.kmsKey() == null || keys.contains(image.kmsKey()),
                    image.line(),
                    unknown("KMS key", image.kmsKey(), keys));
        }
    }

    private void instances(DeclaredRegion region) {
        Set<String> images = names(region.images().stream().map(DeclaredImage::name));
        for (DeclaredInstance instance : region.instances()) {
            String image = instance.image();
            String zone = instance.zone();
            tags(instance.tags(), instance.line());
            require(
                    image.startsWith("ami-") || images.contains(image),
                    instance.line(),
                    unknown("image", image, images));
            require(
                    zone == null || zone.startsWith(region.name()),
                    instance.line(),
                    "zone " + zone + " is not in region " + region.name());
        }
    }

    private void launchConfigurations(DeclaredRegion region) {
        unique(
                "launch configuration",
                region.launchConfigurations(),
                DeclaredLaunchConfiguration::name,
                DeclaredLaunchConfiguration::line);
        Set<String> images = names(region.images().stream().map(DeclaredImage::name));
        Set<String> groups = names(region.securityGroups().stream().map(DeclaredSecurityGroup::name));
        for (DeclaredLaunchConfiguration configuration : region.launchConfigurations()) {
            String image = configuration.image();
            require(
                    image.startsWith("ami-") || images.contains(image),
                    configuration.line(),
                    unknown("image", image, images));
            configuration
                    .securityGroups()
                    .forEach(name -> require(
                            groups.contains(name), configuration.line(), unknown("security group", name, groups)));
        }
    }

    private void capacityReservations(DeclaredRegion region) {
        List<DeclaredCapacityReservation> named = region.capacityReservations().stream()
                .filter(reservation -> reservation.id() != null)
                .toList();
        unique(
                "capacity reservation",
                named,
                reservation -> String.valueOf(reservation.id()),
                DeclaredCapacityReservation::line);
        for (DeclaredCapacityReservation reservation : region.capacityReservations()) {
            require(
                    reservation.zone().startsWith(region.name()),
                    reservation.line(),
                    "zone " + reservation.zone() + " is not in region " + region.name());
        }
    }

    private void containers(DeclaredRegion region) {
        unique("repository", region.repositories(), DeclaredRepository::name, DeclaredRepository::line);
        unique("cluster", region.clusters(), DeclaredCluster::name, DeclaredCluster::line);
        Set<String> families = unique(
                "task definition",
                region.taskDefinitions(),
                DeclaredTaskDefinition::family,
                DeclaredTaskDefinition::line);
        for (DeclaredCluster cluster : region.clusters()) {
            tags(cluster.tags(), cluster.line());
            unique("service", cluster.services(), DeclaredCluster.Service::name, DeclaredCluster.Service::line);
            for (DeclaredCluster.Service service : cluster.services()) {
                tags(service.tags(), service.line());
                String family = service.taskDefinition().split(":", 2)[0];
                require(families.contains(family), service.line(), unknown("task definition", family, families));
            }
        }
    }

    private void securityGroup(DeclaredSecurityGroup group, Set<String> vpcs) {
        require(group.vpc() == null || vpcs.contains(group.vpc()), group.line(), unknown("VPC", group.vpc(), vpcs));
        boolean isAwsName = !group.name().startsWith("sg-") && !group.name().equals("default");
        require(isAwsName, group.line(), "a security group may not be called '" + group.name() + "'");
        require(
                group.ports().allMatch(DeclaredSecurityGroup.PortRange::isRight),
                group.line(),
                "admits takes ports from 0 to 65535, such as 8080 or 8000-8100, not " + group.admits());
    }

    /** AWS's own tags do not count. Source: EC2 User Guide, "Tag your Amazon EC2 resources", restrictions. */
    private void tags(Map<String, String> tags, int line) {
        long own = tags.keySet().stream().filter(key -> !key.startsWith("aws:")).count();
        require(own <= MOST_TAGS, line, "a resource has at most " + MOST_TAGS + " tags besides AWS's own, not " + own);
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(Collectors.toSet());
    }

    private static String unknown(
            String kind, @org.jspecify.annotations.Nullable String name, Collection<String> known) {
        String nearest = Nearest.of(String.valueOf(name), known)
                .map(other -> "; did you mean '" + other + "'?")
                .orElse("");
        String declared = known.size() > 12
                ? known.size() + " others"
                : known.stream().sorted().collect(Collectors.joining(", "));
        return "there is no " + kind + " '" + name + "' here; declared: " + (declared.isEmpty() ? "none" : declared)
                + nearest;
    }

    private void template(DeclaredRegion region, DeclaredTemplate template) {
        tags(template.tags(), template.line());
        require(
                template.defaultVersion() <= template.versions().size(),
                template.line(),
                "defaultVersion " + template.defaultVersion() + " of launch template '" + template.name()
                        + "' does not exist; it has " + template.versions().size());
        Set<String> groups = names(region.securityGroups().stream().map(DeclaredSecurityGroup::name));
        for (DeclaredTemplate.Version version : template.versions()) {
            version.securityGroups()
                    .forEach(name ->
                            require(groups.contains(name), version.line(), unknown("security group", name, groups)));
            boolean reference = version.image().startsWith("ami-")
                    || version.image().startsWith("resolve:ssm:")
                    || region.image(version.image()).isPresent();
            require(
                    reference,
                    version.line(),
                    unknown(
                            "image",
                            version.image(),
                            names(region.images().stream().map(DeclaredImage::name))));
        }
    }

    private void group(DeclaredRegion region, DeclaredGroup group, Set<String> subnets, Set<String> targets) {
        launches(region, group);
        require(
                group.min() <= group.desired() && group.desired() <= group.max(),
                group.line(),
                "min <= desired <= max does not hold: " + group.min() + ", " + group.desired() + ", " + group.max());
        require(
                group.protectedInstances() <= group.desired(),
                group.line(),
                "protectedInstances is " + group.protectedInstances() + ", but desired is " + group.desired());
        Map<String, String> all = new HashMap<>(group.tags());
        all.putAll(group.propagatedTags());
        tags(all, group.line());
        require(!subnets.isEmpty(), group.line(), "the group '" + group.name() + "' has no subnet: declare one");
        group.subnets()
                .forEach(name -> require(subnets.contains(name), group.line(), unknown("subnet", name, subnets)));
        group.targetGroups()
                .forEach(name -> require(targets.contains(name), group.line(), unknown("target group", name, targets)));
    }

    private void launches(DeclaredRegion region, DeclaredGroup group) {
        String configuration = group.launchConfiguration();
        String name = group.launchTemplate();
        require(
                (name == null) != (configuration == null),
                group.line(),
                "the group '" + group.name() + "' needs one of launchTemplate and launchConfiguration");
        if (configuration != null) {
            Set<String> known = names(region.launchConfigurations().stream().map(DeclaredLaunchConfiguration::name));
            require(known.contains(configuration), group.line(), unknown("launch configuration", configuration, known));
            return;
        }
        DeclaredTemplate template = region.launchTemplate(String.valueOf(name))
                .orElseThrow(() -> wrong(
                        group.line(),
                        unknown(
                                "launch template",
                                name,
                                names(region.launchTemplates().stream().map(DeclaredTemplate::name)))));
        boolean numbered = !group.version().startsWith("$");
        int versions = template.versions().size();
        require(
                !numbered || Integer.parseInt(group.version()) <= versions,
                group.line(),
                "launch template '" + template.name() + "' has no version " + group.version());
        require(
                group.instancesVersion() == null || group.instancesVersion() <= versions,
                group.line(),
                "launch template '" + template.name() + "' has no version " + group.instancesVersion());
    }

    private void happening(Happening happening) {
        Set<String> ids = names(file.accounts().stream().map(DeclaredAccount::id));
        require(ids.contains(happening.account()), happening.line(), unknown("account", happening.account(), ids));
        require(
                !happening.at().isBefore(file.start()),
                happening.line(),
                "a happening at " + happening.at() + " is before the start, " + file.start());
        String group = group(happening);
        if (!group.isEmpty() && !happening.operation().equals(CREATE)) {
            Set<String> groups = groups(happening.account(), happening.region());
            require(groups.contains(group), happening.line(), unknown("Auto Scaling group", group, groups));
        }
        sizes(happening);
    }

    private static String group(Happening happening) {
        JsonNode input = happening.input();
        return input == null ? "" : input.path("AutoScalingGroupName").asText("");
    }

    /** Those that are there from the start, and those that others create. */
    private Set<String> groups(String account, String region) {
        Stream<String> declared = file.accounts().stream()
                .filter(one -> one.id().equals(account))
                .flatMap(one -> one.region(region).stream())
                .flatMap(one -> one.autoScalingGroups().stream())
                .map(DeclaredGroup::name);
        Stream<String> created = file.happenings().stream()
                .filter(one -> one.operation().equals(CREATE)
                        && one.account().equals(account)
                        && one.region().equals(region))
                .map(AccountCheck::group);
        return names(Stream.concat(declared, created));
    }

    private void sizes(Happening happening) {
        JsonNode input = happening.input();
        if (input == null) {
            return;
        }
        int min = input.path("MinSize").asInt(0);
        int max = input.path("MaxSize").asInt(Integer.MAX_VALUE);
        int desired = input.path("DesiredCapacity").asInt(min);
        require(
                min <= desired && desired <= max,
                happening.line(),
                "min <= desired <= max does not hold: " + min + ", " + desired + ", " + max);
    }

    private void behaviour(Behaviour behaviour) {
        Behaviour.Breaks breaks = behaviour.breaks();
        require(
                breaks == null || breaks.reason() == null || breaks.how().equals("launch"),
                behaviour.line(),
                "a reason goes with how: launch; what breaks later has none");
    }

    private void fault(DeclaredFault fault) {
        long effects = Stream.of(
                        fault.throttle(),
                        fault.bucket() != null,
                        fault.error() != null,
                        fault.drop() != null,
                        fault.delay() != null,
                        fault.isLag())
                .filter(given -> given)
                .count();
        require(
                effects == 1,
                fault.line(),
                "a fault needs exactly one of throttle, bucket, error, drop, delay and stale");
        DeclaredFault.TokenBucket bucket = fault.bucket();
        require(
                bucket == null || !bucket.isPublished() || "ec2".equals(fault.service()),
                fault.line(),
                "AWS publishes the buckets of service ec2 only; for others say capacity and perSecond");
        require(
                bucket == null || bucket.isPublished() || (bucket.capacity() > 0 && bucket.perSecond() > 0),
                fault.line(),
                "a bucket needs both capacity and perSecond, or none for what AWS publishes");
    }
}
