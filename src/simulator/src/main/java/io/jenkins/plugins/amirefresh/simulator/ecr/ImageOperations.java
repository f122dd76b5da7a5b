package io.jenkins.plugins.amirefresh.simulator.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Images of repositories. Source: ECR API Reference, "PutImage", "BatchGetImage", "DescribeImages", "ListImages",
 * "BatchDeleteImage".
 */
final class ImageOperations {

    static final String MEDIA_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private static final int PAGE = 100;

    /** What is answered of the size of an image: it has no layers here. */
    private static final long SIZE = 50_000_000;

    private final World world;
    private final Function<ServiceCall, Repository> repository;

    ImageOperations(World world, Function<ServiceCall, Repository> repository) {
        this.world = world;
        this.repository = repository;
    }

    void addTo(Map<String, Operation> operations) {
        operations.put("PutImage", this::put);
        operations.put("BatchGetImage", this::get);
        operations.put("DescribeImages", this::describe);
        operations.put("ListImages", this::list);
        operations.put("BatchDeleteImage", this::delete);
    }

    /** A manifest that is different for each content. */
    static String manifest(String content) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MEDIA_TYPE + "\",\"config\":{\"digest\":\""
                + Repository.digest(content) + "\"}}";
    }

    private ObjectNode put(ServiceCall call) {
        Repository into = repository.apply(call);
        ObjectNode input = call.input();
        String manifest = input.path("imageManifest").asText();
        String digest = Repository.digest(manifest);
        if (input.has("imageDigest") && !input.path("imageDigest").asText().equals(digest)) {
            throw AwsError.client(
                    "ImageDigestDoesNotMatchException",
                    "The specified image digest does not match the digest that Amazon ECR calculated for the image.");
        }
        String tag = input.path("imageTag").asText();
        Optional<String> named = into.byTag(tag).map(Repository.Image::digest);
        boolean isSame = tag.isEmpty()
                ? into.byDigest(digest).isPresent()
                : named.filter(digest::equals).isPresent();
        if (isSame) {
            throw AwsError.client(
                    "ImageAlreadyExistsException",
                    "Image with digest '" + digest + "' and tag '" + tag + "' already exists in the repository with"
                            + " name '" + into.name() + "'");
        }
        if (named.isPresent() && into.hasFixedTags()) {
            throw AwsError.client(
                    "ImageTagAlreadyExistsException",
                    "The image tag '" + tag + "' already exists in the '" + into.name()
                            + "' repository and cannot be overwritten because the repository is immutable.");
        }
        Repository.Image image = new Repository.Image(
                digest,
                manifest,
                input.path("imageManifestMediaType").asText(MEDIA_TYPE),
                world.time().now());
        into.put(image);
        if (!tag.isEmpty()) {
            into.tag(tag, digest);
        }
        world.events().append(call.caller().at(), into.name(), "image pushed: " + (tag.isEmpty() ? digest : tag));
        ObjectNode answer = ContainerRegistry.object();
        answer.set("image", view(call, into, image, tag));
        return answer;
    }

    private static ObjectNode view(ServiceCall call, Repository from, Repository.Image image, String tag) {
        ObjectNode view =
                row(call, from).put("imageManifest", image.manifest()).put("imageManifestMediaType", image.mediaType());
        view.set("imageId", id(image.digest(), tag));
        return view;
    }

    private static ObjectNode row(ServiceCall call, Repository from) {
        return ContainerRegistry.object()
                .put(
                        "registryId",
                        call.input().path("registryId").asText(call.caller().accountId()))
                .put("repositoryName", from.name());
    }

    private static ObjectNode id(String digest, String tag) {
        ObjectNode id = ContainerRegistry.object();
        if (!digest.isEmpty()) {
            id.put("imageDigest", digest);
        }
        return tag.isEmpty() ? id : id.put("imageTag", tag);
    }

    private interface Found {
        void image(Repository.Image image, String tag);
    }

    /** Looks an id up; what is wrong with it becomes a row of the answer's failures. */
    private static void look(Repository from, JsonNode id, ArrayNode failures, Found found) {
        String digest = id.path("imageDigest").asText();
        String tag = id.path("imageTag").asText();
        if (digest.isEmpty() && tag.isEmpty()) {
            fail(failures, id, "MissingDigestAndTag", "Invalid request parameters: both tag and digest cannot be null");
            return;
        }
        Optional<Repository.Image> image = digest.isEmpty() ? from.byTag(tag) : from.byDigest(digest);
        boolean isOther = image.isPresent()
                && !tag.isEmpty()
                && !from.tagsOf(image.get().digest()).contains(tag);
        if (image.isEmpty()) {
            fail(failures, id, "ImageNotFound", "Requested image not found");
        } else if (isOther) {
            fail(failures, id, "ImageTagDoesNotMatchDigest", "Requested image tag does not match the digest");
        } else {
            found.image(image.get(), tag);
        }
    }

    private static void fail(ArrayNode failures, JsonNode id, String code, String reason) {
        ObjectNode failure = failures.addObject();
        failure.set("imageId", id.deepCopy());
        failure.put("failureCode", code).put("failureReason", reason);
    }

    private ObjectNode get(ServiceCall call) {
        Repository from = repository.apply(call);
        ObjectNode answer = ContainerRegistry.object();
        ArrayNode images = answer.putArray("images");
        ArrayNode failures = answer.putArray("failures");
        call.input()
                .path("imageIds")
                .forEach(id -> look(from, id, failures, (image, tag) -> images.add(view(call, from, image, tag))));
        return answer;
    }

    private ObjectNode describe(ServiceCall call) {
        Repository from = repository.apply(call);
        List<Repository.Image> wanted = new ArrayList<>();
        JsonNode ids = call.input().path("imageIds");
        if (ids.isEmpty()) {
            from.images().stream().filter(image -> matches(call, from, image)).forEach(wanted::add);
        }
        for (JsonNode id : ids) {
            ArrayNode failures = ContainerRegistry.object().putArray("failures");
            look(from, id, failures, (image, tag) -> wanted.add(image));
            if (!failures.isEmpty()) {
                throw missing(call, from, id);
            }
        }
        Pages.Page<Repository.Image> page = page(call, "DescribeImages", wanted);
        ObjectNode answer = ContainerRegistry.object();
        ArrayNode rows = answer.putArray("imageDetails");
        for (Repository.Image image : page.items()) {
            ObjectNode row = row(call, from)
                    .put("imageDigest", image.digest())
                    .put("imageSizeInBytes", SIZE)
                    .put("imagePushedAt", image.pushed().toString())
                    .put("imageManifestMediaType", image.mediaType());
            ArrayNode tags = row.putArray("imageTags");
            from.tagsOf(image.digest()).forEach(tags::add);
            rows.add(row);
        }
        page.next().ifPresent(next -> answer.put("nextToken", next));
        return answer;
    }

    private static boolean matches(ServiceCall call, Repository from, Repository.Image image) {
        String status = call.input().at("/filter/tagStatus").asText("ANY");
        boolean isTagged = !from.tagsOf(image.digest()).isEmpty();
        return status.equals("ANY") || isTagged == status.equals("TAGGED");
    }

    private static Pages.Page<Repository.Image> page(ServiceCall call, String scope, List<Repository.Image> wanted) {
        return Pages.page(
                scope,
                wanted,
                Repository.Image::digest,
                Optional.ofNullable(call.input().get("nextToken")).map(JsonNode::asText),
                call.input().path("maxResults").asInt(PAGE),
                ContainerRegistry::invalidToken);
    }

    private static AwsError missing(ServiceCall call, Repository from, JsonNode id) {
        return AwsError.client(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'" + id.path("imageDigest").asText("null") + "', imageTag:'"
                        + id.path("imageTag").asText("null") + "'} does not exist within the repository with name '"
                        + from.name() + "' in the registry with id '"
                        + call.input().path("registryId").asText(call.caller().accountId()) + "'");
    }

    private ObjectNode list(ServiceCall call) {
        Repository from = repository.apply(call);
        List<Repository.Image> wanted = from.images().stream()
                .filter(image -> matches(call, from, image))
                .toList();
        Pages.Page<Repository.Image> page = page(call, "ListImages", wanted);
        ObjectNode answer = ContainerRegistry.object();
        ArrayNode ids = answer.putArray("imageIds");
        for (Repository.Image image : page.items()) {
            List<String> tags = List.copyOf(from.tagsOf(image.digest()));
            (tags.isEmpty() ? List.of("") : tags).forEach(tag -> ids.add(id(image.digest(), tag)));
        }
        page.next().ifPresent(next -> answer.put("nextToken", next));
        return answer;
    }

    /** A tag that is named alone goes; its image stays while it has others. */
    private ObjectNode delete(ServiceCall call) {
        Repository from = repository.apply(call);
        ObjectNode answer = ContainerRegistry.object();
        ArrayNode deleted = answer.putArray("imageIds");
        ArrayNode failures = answer.putArray("failures");
        for (JsonNode id : call.input().path("imageIds")) {
            look(from, id, failures, (image, tag) -> {
                if (id.has("imageDigest") || from.tagsOf(image.digest()).size() < 2) {
                    from.remove(image.digest());
                } else {
                    from.untag(tag);
                }
                deleted.add(id(image.digest(), tag));
                world.events()
                        .append(
                                call.caller().at(),
                                from.name(),
                                "image deleted: " + (tag.isEmpty() ? image.digest() : tag));
            });
        }
        return answer;
    }
}
