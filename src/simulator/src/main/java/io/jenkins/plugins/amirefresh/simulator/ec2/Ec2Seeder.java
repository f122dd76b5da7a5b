package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredCapacityReservation;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredImage;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredInstance;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredSecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTemplate;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredVpc;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Image;
import io.jenkins.plugins.amirefresh.simulator.ec2.images.Images;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.LaunchRequest;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.SecurityGroup;
import io.jenkins.plugins.amirefresh.simulator.ec2.network.Vpc;
import io.jenkins.plugins.amirefresh.simulator.ec2.reservations.CapacityReservation;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Place;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.ec2.storage.Snapshot;
import io.jenkins.plugins.amirefresh.simulator.ec2.templates.LaunchTemplate;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the networks, AMIs and launch templates that an account file declares. */
final class Ec2Seeder {

    /** The account behind the owner alias {@code amazon}. */
    private static final String AMAZON = "137112412989";

    private final Ec2World world;
    private final AccountFile file;

    Ec2Seeder(Ec2World world, AccountFile file) {
        this.world = world;
        this.file = file;
    }

    void seed() {
        for (DeclaredAccount account : file.accounts()) {
            for (DeclaredRegion declared : account.regions()) {
                Ec2Region region = world.bare(new AccountRegion(account.id(), declared.name()));
                region.instances().limit(declared.quotas().vcpus());
                declared.vpcs().forEach(vpc -> addVpc(region, vpc));
                declared.securityGroups().forEach(group -> addSecurityGroup(region, group));
                declared.capacityReservations().forEach(reservation -> addReservation(region, reservation));
                declared.kmsKeys().forEach(key -> region.kmsKeys()
                        .add(key.name(), key.state().equals("Enabled"), key.autoScaling()));
                declared.images().forEach(image -> addImage(region, image));
                declared.launchTemplates().forEach(template -> addTemplate(region, template));
                declared.instances().forEach(instance -> addInstance(region, instance));
            }
        }
    }

    private static void addVpc(Ec2Region region, DeclaredVpc declared) {
        Vpc vpc = region.network()
                .addVpc(
                        idOr(region, declared.id(), "vpc"),
                        declared.cidr(),
                        declared.isDefault(),
                        named(declared.name(), declared.tags()));
        for (DeclaredVpc.Subnet subnet : declared.subnets()) {
            region.network()
                    .addSubnet(
                            idOr(region, subnet.id(), "subnet"),
                            vpc,
                            subnet.zone(),
                            subnet.cidr(),
                            subnet.mapPublicIpOnLaunch(),
                            named(subnet.name(), subnet.tags()));
        }
    }

    private static void addSecurityGroup(Ec2Region region, DeclaredSecurityGroup declared) {
        String id = idOr(region, declared.id(), "sg");
        SecurityGroup group = region.network()
                .addGroup(
                        id, vpc(region, declared), declared.name(), declared.description(), new Tags(declared.tags()));
        declared.ports().forEach(ports -> group.admit(region.place().newId("sgr"), ports.from(), ports.to()));
    }

    private static Vpc vpc(Ec2Region region, DeclaredSecurityGroup declared) {
        return region.network().vpcs().stream()
                .filter(vpc -> declared.vpc() == null
                        || vpc.tags().get("Name").filter(declared.vpc()::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static void addReservation(Ec2Region region, DeclaredCapacityReservation declared) {
        var kind = new CapacityReservation.Kind(
                declared.instanceType(),
                declared.platform(),
                declared.zone(),
                declared.match(),
                declared.resourceGroup(),
                null);
        region.reservations().add(declared.id(), kind, declared.instances(), declared.state(), new Tags());
    }

    private static String idOr(Ec2Region region, @Nullable String id, String prefix) {
        return id == null ? region.place().newId(prefix) : id;
    }

    private static Tags named(String name, Map<String, String> tags) {
        Map<String, String> all = new TreeMap<>(tags);
        all.putIfAbsent("Name", name);
        return new Tags(all);
    }

    /** An AMI that several accounts declare under one id, or one owner and name, is one AMI. */
    private void addImage(Ec2Region region, DeclaredImage declared) {
        Images images = region.images();
        Optional<String> id = Optional.ofNullable(declared.id());
        String owner = Optional.ofNullable(declared.owner())
                .map(name -> name.equals("amazon") ? AMAZON : name)
                .orElse(region.at().accountId());
        Optional<Image> known = id.flatMap(images::find).or(() -> images.all().stream()
                .filter(image -> image.ownerId().equals(owner) && image.name().equals(declared.name()))
                .findFirst());
        if (known.isPresent()) {
            share(images, known.get(), region, declared);
            return;
        }
        Place place = new Place(
                region.place().world(),
                new AccountRegion(
                        owner.equals("amazon") ? AMAZON : owner, region.at().region()));
        Instant created = file.start().minus(declared.age());
        Image.Kind kind = Image.Kind.linux(declared.name(), declared.architecture());
        String key = declared.kmsKey() == null ? "" : region.kmsKeys().arn(declared.kmsKey());
        Snapshot snapshot = region.snapshots()
                .addCompleted(
                        place,
                        new Snapshot.Source("vol-ffffffff", declared.volumeSize(), !key.isEmpty(), key, ""),
                        new Tags(),
                        created);
        Image.BlockDevice root = new Image.BlockDevice(
                kind.rootDeviceName(), snapshot.id(), declared.volumeSize(), "gp3", true, !key.isEmpty(), key);
        Image image = images.addAvailable(
                place,
                id,
                kind,
                new Image.Origin("", "", "", declared.description(), true),
                List.of(root),
                created,
                new Tags());
        if (declared.isPublic() || owner.equals(AMAZON)) {
            images.share(image, "all");
        }
        share(images, image, region, declared);
    }

    /** Tags belong to whoever declares the image. */
    private static void share(Images images, Image image, Ec2Region region, DeclaredImage declared) {
        image.tagsSeenBy(region.at().accountId()).putAll(declared.tags());
        if (!image.isVisibleTo(region.at().accountId())) {
            images.share(image, region.at().accountId());
        }
    }

    /** Nobody asks whether AWS would launch it now: it has been there for some time. */
    private void addInstance(Ec2Region region, DeclaredInstance declared) {
        ObjectNode parameters = Nodes.object()
                .put("ImageId", imageId(region, declared.image()))
                .put("InstanceType", declared.instanceType())
                .put("MinCount", 1)
                .put("MaxCount", 1);
        if (declared.hibernation()) {
            parameters.set("HibernationOptions", Nodes.object().put("Configured", true));
        }
        if (declared.request() instanceof ObjectNode more) {
            parameters.setAll(more.deepCopy());
        }
        Map<String, String> tags = new TreeMap<>(declared.tags());
        tags.putIfAbsent("Name", declared.name());
        LaunchRequest request = new LaunchRequest(parameters, tags);
        String zone = declared.zone();
        try {
            region.instances()
                    .addDeclared(
                            zone == null ? request : request.inZone(zone),
                            file.start().minus(declared.age()),
                            declared.state().equals("running"));
        } catch (AwsError refusal) {
            throw new AccountFileException(
                    file.source(),
                    declared.line(),
                    "AWS would refuse the instance '" + declared.name() + "': " + refusal.getMessage());
        }
    }

    private void addTemplate(Ec2Region region, DeclaredTemplate declared) {
        LaunchTemplate template = region.launchTemplates()
                .addDeclared(
                        Optional.ofNullable(declared.id()),
                        declared.name(),
                        file.start(),
                        "arn:aws:iam::" + region.at().accountId() + ":user/default",
                        new Tags(declared.tags()));
        int number = 1;
        for (DeclaredTemplate.Version version : declared.versions()) {
            ObjectNode data = data(region, version);
            takeForGranted(region, data);
            region.launchTemplates()
                    .addDeclaredVersion(
                            template,
                            data,
                            Optional.ofNullable(version.description()).orElse(""),
                            number++ == declared.defaultVersion());
        }
    }

    /** What a declared template is launched with is there, unless somebody deletes it. */
    private static void takeForGranted(Ec2Region region, ObjectNode data) {
        String key = data.path("KeyName").asText();
        if (!key.isEmpty()) {
            region.keyPairs().addDeclared(key);
        }
        data.path("SecurityGroupIds").forEach(id -> region.network().addDeclaredGroup(id.asText()));
        data.path("NetworkInterfaces").forEach(card -> card.path("Groups")
                .forEach(id -> region.network().addDeclaredGroup(id.asText())));
    }

    private static ObjectNode data(Ec2Region region, DeclaredTemplate.Version version) {
        ObjectNode data = Nodes.object()
                .put("ImageId", imageId(region, version.image()))
                .put("InstanceType", version.instanceType());
        Optional.ofNullable(version.userData()).ifPresent(text -> data.put("UserData", text));
        if (!version.securityGroups().isEmpty()) {
            data.set("SecurityGroupIds", Nodes.texts(securityGroupIds(region, version)));
        }
        if (!version.instanceTags().isEmpty()) {
            ObjectNode specification = Nodes.of("ResourceType", "instance");
            specification.set("Tags", new Tags(version.instanceTags()).view());
            data.set("TagSpecifications", Nodes.array().add(specification));
        }
        if (version.request() instanceof ObjectNode more) {
            data.setAll(more);
        }
        return data;
    }

    private static List<String> securityGroupIds(Ec2Region region, DeclaredTemplate.Version version) {
        return region.network().groups().stream()
                .filter(group -> version.securityGroups().contains(group.name()))
                .map(SecurityGroup::id)
                .toList();
    }

    /** The id of a declared image's name; an id or a parameter stays as it is. */
    private static String imageId(Ec2Region region, String image) {
        return region.images().all().stream()
                .filter(found -> found.name().equals(image)
                        && found.isVisibleTo(region.at().accountId()))
                .map(Image::id)
                .findFirst()
                .orElse(image);
    }
}
