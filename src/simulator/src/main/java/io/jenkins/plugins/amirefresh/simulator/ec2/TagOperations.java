package io.jenkins.plugins.amirefresh.simulator.ec2;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.instances.Instance;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Errors;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Filters;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Handler;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Input;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Paging;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tagged;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Tags;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** EC2's operations on tags of whatever kind of resource. */
final class TagOperations {

    private static final Paging TAGS = Paging.usual("DescribeTags");

    private final Function<Caller, Ec2Region> region;
    private final Filters<Row> filters = Filters.<Row>byTags(row -> Map.of(row.key(), row.value()))
            .with("key", Row::key)
            .with("value", Row::value)
            .with("resource-id", row -> row.resource().id())
            .with("resource-type", row -> row.resource().resourceType());

    TagOperations(Function<Caller, Ec2Region> region) {
        this.region = region;
    }

    /** A shared resource with the tags that the caller sees. */
    private record Seen(String id, String resourceType, Tags tags) implements Tagged {}

    private record Row(Tagged resource, String key, String value) {

        String place() {
            return resource.id() + " " + key;
        }
    }

    Map<String, Handler> operations() {
        return Map.of("CreateTags", this::create, "DeleteTags", this::delete, "DescribeTags", this::describe);
    }

    private ObjectNode create(Input request, Caller caller) {
        Map<String, String> tags = Tags.read(request.structures("Tags"));
        List<Tagged> resources = named(request, caller);
        resources.forEach(resource -> resource.tags().check(tags));
        for (Tagged resource : resources) {
            if (resource instanceof Instance instance) {
                region.apply(caller).instances().tag(instance, tags);
            } else {
                resource.tags().putAll(tags);
            }
            region.apply(caller).place().log(resource.id(), "tags set: " + tags);
        }
        return Nodes.object();
    }

    /** A tag with a value goes only if it has that value. Source: EC2 API Reference, DeleteTags, Tags. */
    private ObjectNode delete(Input request, Caller caller) {
        List<Input> unwanted = request.structures("Tags");
        for (Tagged resource : named(request, caller)) {
            List<String> keys = unwanted.isEmpty()
                    ? resource.tags().asMap().keySet().stream()
                            .filter(key -> !key.startsWith("aws:"))
                            .toList()
                    : unwanted.stream()
                            .filter(tag -> tag.exactText("Value")
                                    .filter(value -> !Optional.of(value)
                                            .equals(resource.tags().get(tag.text("Key", ""))))
                                    .isEmpty())
                            .map(tag -> tag.text("Key", ""))
                            .toList();
            if (keys.stream().anyMatch(key -> key.startsWith("aws:"))) {
                throw Errors.invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
            }
            if (resource instanceof Instance instance) {
                region.apply(caller).instances().untag(instance, keys);
            } else {
                keys.forEach(resource.tags()::remove);
            }
            region.apply(caller).place().log(resource.id(), "tags removed: " + keys);
        }
        return Nodes.object();
    }

    private List<Tagged> named(Input request, Caller caller) {
        return request.texts("Resources").stream().map(id -> named(id, caller)).toList();
    }

    Tagged named(String id, Caller caller) {
        Ec2Region mine = region.apply(caller);
        String prefix = id.indexOf('-') > 0 ? id.substring(0, id.indexOf('-')) : "";
        return switch (prefix) {
            case "i" -> mine.instances().instance(id);
            case "ami" ->
                new Seen(
                        id,
                        "image",
                        mine.images().visible(caller.accountId(), id).tagsSeenBy(caller.accountId()));
            case "snap" ->
                new Seen(
                        id,
                        "snapshot",
                        mine.snapshots().visible(caller.accountId(), id).tagsSeenBy(caller.accountId()));
            case "vol" -> mine.volumes().volume(id);
            case "lt" -> mine.launchTemplates().withId(id);
            case "subnet" -> mine.network().subnet(id);
            case "vpc" -> mine.network().vpc(id);
            case "sg" -> mine.network().group(id);
            case "cr" -> mine.reservations().reservation(id);
            case "key" ->
                mine.keyPairs().all().stream()
                        .filter(pair -> pair.id().equals(id))
                        .findFirst()
                        .orElseThrow(() ->
                                AwsError.client("InvalidKeyPair.NotFound", "The key pair '" + id + "' does not exist"));
            default -> throw AwsError.client("InvalidID", "The ID '" + id + "' is not valid");
        };
    }

    private ObjectNode describe(Input request, Caller caller) {
        List<Row> rows = all(region.apply(caller), caller)
                .flatMap(resource -> resource.tags().asMap().entrySet().stream()
                        .map(tag -> new Row(resource, tag.getKey(), tag.getValue())))
                .filter(filters.of(request))
                .sorted((left, right) -> left.place().compareTo(right.place()))
                .toList();
        return TAGS.answer(request, "Tags", rows, Row::place, row -> Nodes.object()
                .put("ResourceId", row.resource().id())
                .put("ResourceType", row.resource().resourceType())
                .put("Key", row.key())
                .put("Value", row.value()));
    }

    private static Stream<Tagged> all(Ec2Region mine, Caller caller) {
        String me = caller.accountId();
        return Stream.of(
                        mine.instances().all().stream(),
                        mine.images().all().stream()
                                .filter(image -> image.isVisibleTo(me))
                                .map(image -> new Seen(image.id(), "image", image.tagsSeenBy(me))),
                        mine.snapshots().all().stream()
                                .filter(snapshot -> snapshot.isVisibleTo(me))
                                .map(snapshot -> new Seen(snapshot.id(), "snapshot", snapshot.tagsSeenBy(me))),
                        mine.volumes().all().stream(),
                        mine.launchTemplates().all().stream(),
                        mine.network().subnets().stream(),
                        mine.network().vpcs().stream(),
                        mine.network().groups().stream(),
                        mine.reservations().all().stream(),
                        mine.keyPairs().all().stream())
                .flatMap(kind -> kind);
    }
}
