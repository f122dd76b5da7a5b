package io.jenkins.plugins.amirefresh.step.fakes;

import io.jenkins.plugins.amirefresh.cloud.AmiUses;
import io.jenkins.plugins.amirefresh.cloud.Amis;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.CapacityReservations;
import io.jenkins.plugins.amirefresh.cloud.ClassicLoadBalancers;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Commands;
import io.jenkins.plugins.amirefresh.cloud.InstancePower;
import io.jenkins.plugins.amirefresh.cloud.InstanceProfiles;
import io.jenkins.plugins.amirefresh.cloud.InstanceRefreshes;
import io.jenkins.plugins.amirefresh.cloud.Instances;
import io.jenkins.plugins.amirefresh.cloud.KeyPairs;
import io.jenkins.plugins.amirefresh.cloud.LaunchTemplates;
import io.jenkins.plugins.amirefresh.cloud.OwnAmis;
import io.jenkins.plugins.amirefresh.cloud.ParameterStore;
import io.jenkins.plugins.amirefresh.cloud.SecurityGroups;
import io.jenkins.plugins.amirefresh.cloud.Snapshots;
import io.jenkins.plugins.amirefresh.cloud.Subnets;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.cloud.TemporaryResources;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.Ami;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.BlockDevices;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.CapacityReservationSpecification;
import io.jenkins.plugins.amirefresh.model.ClientToken;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.InstanceMaintenancePolicy;
import io.jenkins.plugins.amirefresh.model.LaunchResources;
import io.jenkins.plugins.amirefresh.model.LaunchSettings;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersionData;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One account in one region. */
public final class FakeAccount extends UnaskedServices {

    /** What a build left. */
    public final FakeTemporaryResources temporary = new FakeTemporaryResources();

    /** When everything in it was made. */
    public static final Instant CREATED = Instant.parse("2026-11-01T00:00:00Z");

    final List<GroupObservation> groups = new ArrayList<>();
    private final AccountId account;
    private final AwsRegion region;
    private final List<LaunchTemplate> templates = new ArrayList<>();
    private final List<LaunchTemplateVersionData> versions = new ArrayList<>();
    private final Map<AmiId, Ami> amis = new LinkedHashMap<>();
    private final Map<ClientToken, LaunchTemplateVersion> made = new HashMap<>();
    private final List<String> changes;
    private int failuresToCome;

    /** @param changes where every mutating call is written down */
    FakeAccount(String account, String region, List<String> changes) {
        this.account = new AccountId(account);
        this.region = new AwsRegion(region);
        this.changes = changes;
    }

    /** An AMI of this account, x86_64, available. */
    public FakeAccount ami(String id, Map<String, String> tags) {
        return ami(FakeAmi.of(id, account.value()).tags(tags).build());
    }

    /** An AMI this account sees. */
    public FakeAccount ami(Ami ami) {
        amis.put(ami.id(), ami);
        return this;
    }

    /** A template whose versions, 1 and up, launch these images; the first is the default. */
    public FakeAccount template(String id, String name, Map<String, String> tags, String... images) {
        LaunchTemplateId templateId = new LaunchTemplateId(id);
        LaunchTemplateName templateName = new LaunchTemplateName(name);
        for (int i = 0; i < images.length; i++) {
            versions.add(new LaunchTemplateVersionData(
                    templateId,
                    templateName,
                    new LaunchTemplateVersion(i + 1),
                    i == 0,
                    images[i],
                    "t3.micro",
                    List.of(),
                    "",
                    CapacityReservationSpecification.UNSET,
                    Instant.EPOCH,
                    new LaunchSettings(Map.of("InstanceType", "t3.micro")),
                    BlockDevices.NONE,
                    LaunchResources.NONE));
        }
        templates.add(new LaunchTemplate(
                templateId,
                templateName,
                new LaunchTemplateVersion(1),
                new LaunchTemplateVersion(images.length),
                tags));
        return this;
    }

    /** A group of one instance that launches from a template. */
    public FakeAccount group(String name, String template, String version, Map<String, String> tags) {
        LaunchTemplateId id = new LaunchTemplateId(template);
        LaunchTemplateName templateName = templates.stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow()
                .name();
        return group(name, new LaunchSource.Template(id, templateName, VersionReference.parse(version)), tags);
    }

    /** A group of one instance. */
    public FakeAccount group(String name, LaunchSource source, Map<String, String> tags) {
        groups.add(new GroupObservation(
                new GroupKey(account, region, new AutoScalingGroupName(name)),
                CREATED,
                new Capacity(1, 1, 2),
                source,
                List.of(),
                tags,
                Set.of(),
                false,
                false,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                InstanceMaintenancePolicy.NONE,
                false,
                false,
                false,
                CapacityReservationSpecification.UNSET,
                Map.of()));
        return this;
    }

    /** The next so many changes fail as if AWS could not be reached. */
    public void failNext(int calls) {
        failuresToCome = calls;
    }

    private void change(String what) {
        if (failuresToCome > 0) {
            failuresToCome--;
            throw new CloudException.Unavailable("no answer to " + what, "", null);
        }
        changes.add(account + "/" + region + " " + what);
    }

    @Override
    public AccountId account() {
        return account;
    }

    @Override
    public AwsRegion region() {
        return region;
    }

    @Override
    public AutoScalingGroups autoScalingGroups() {
        return new RecordingGroups(groups, this::change);
    }

    @Override
    public LaunchTemplates launchTemplates() {
        return new Templates();
    }

    @Override
    public Amis amis() {
        return new Images();
    }

    @Override
    public InstanceRefreshes instanceRefreshes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TargetGroups targetGroups() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instances instances() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClassicLoadBalancers classicLoadBalancers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InstancePower instancePower() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OwnAmis ownAmis() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AmiUses amiUses() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Snapshots snapshots() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ParameterStore parameterStore() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subnets subnets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public KeyPairs keyPairs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SecurityGroups securityGroups() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TemporaryResources temporaryResources() {
        return temporary;
    }

    @Override
    public InstanceProfiles instanceProfiles() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CapacityReservations capacityReservations() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Commands commands() {
        throw new UnsupportedOperationException();
    }

    private final class Templates implements LaunchTemplates {
        @Override
        public List<LaunchTemplate> all() {
            return List.copyOf(templates);
        }

        @Override
        public List<LaunchTemplateVersionData> latestAndDefaultOfAll() {
            return List.copyOf(versions);
        }

        @Override
        public Optional<LaunchTemplateVersionData> version(LaunchTemplateId template, VersionReference version) {
            throw new UnsupportedOperationException("a call for a single template");
        }

        @Override
        public List<LaunchTemplateVersionData> versions(
                LaunchTemplateId template, Collection<LaunchTemplateVersion> wanted) {
            throw new UnsupportedOperationException("a call for a single template");
        }

        @Override
        public List<LaunchTemplateVersionData> versionsOf(LaunchTemplateId template) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<LaunchTemplateVersionData> versionsWith(LaunchTemplateId template, Collection<AmiId> wanted) {
            return versions.stream()
                    .filter(version -> version.template().equals(template))
                    .filter(version ->
                            wanted.stream().anyMatch(ami -> version.imageId().equals(ami.value())))
                    .toList();
        }

        @Override
        public Optional<AmiId> imageOf(LaunchTemplateId template, LaunchTemplateVersion version) {
            // There is no such parameter.
            return Optional.empty();
        }

        @Override
        public LaunchTemplateVersion createVersion(NewVersion version) {
            change("create version of " + version.template() + " from " + version.source() + " with " + version.ami());
            return made.computeIfAbsent(version.token(), key -> {
                long latest = versions.stream()
                        .filter(other -> other.template().equals(version.template()))
                        .mapToLong(other -> other.version().number())
                        .max()
                        .orElse(0);
                return new LaunchTemplateVersion(latest + 1);
            });
        }

        @Override
        public void setDefaultVersion(LaunchTemplateId template, LaunchTemplateVersion version) {
            change("set default of " + template + " to " + version);
        }
    }

    private final class Images implements Amis {
        @Override
        public List<Ami> describe(Collection<AmiId> ids) {
            return ids.stream().filter(amis::containsKey).map(amis::get).toList();
        }

        @Override
        public List<Ami> ownedWithTags(Map<String, String> tags) {
            return amis.values().stream()
                    .filter(ami -> ami.ownerId().equals(account.value()))
                    .filter(ami -> ami.tags().entrySet().containsAll(tags.entrySet()))
                    .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                    .toList();
        }

        @Override
        public Optional<Ami> newestNamed(String namePattern, List<String> owners) {
            return amis.values().stream()
                    .filter(ami -> ami.name().matches(namePattern.replace("*", ".*")))
                    .max((a, b) -> a.createdAt().compareTo(b.createdAt()));
        }

        @Override
        public void putTags(AmiId ami, Map<String, String> tags) {
            change("tag " + ami + " " + new java.util.TreeMap<>(tags));
        }

        @Override
        public void removeTags(AmiId ami, java.util.Set<String> names) {
            change("untag " + ami + " " + names);
        }
    }
}
