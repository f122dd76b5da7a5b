package io.jenkins.plugins.amirefresh.simulator.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRepository;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.StateView;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The service {@code ecr}: repositories and what was pushed to them. Source: ECR API Reference, "CreateRepository",
 * "DescribeRepositories", "DeleteRepository".
 */
public final class ContainerRegistry implements AwsService, AccountSeeder, StateView, ProtectedResources {

    private static final int PAGE = 100;

    private final World world;
    private final Map<AccountRegion, NavigableMap<String, Repository>> repositories = new HashMap<>();
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** Without repositories yet. */
    public ContainerRegistry(World world) {
        this.world = world;
        operations.put("CreateRepository", this::create);
        operations.put("DescribeRepositories", this::describe);
        operations.put("DeleteRepository", this::delete);
        new ImageOperations(world, this::named).addTo(operations);
    }

    @Override
    public String name() {
        return "ecr";
    }

    @Override
    public Map<String, Operation> operations() {
        return operations;
    }

    @Override
    public void seed(AccountFile file) {
        file.accounts().forEach(account -> account.regions().forEach(region -> region.repositories()
                .forEach(declared -> declare(new AccountRegion(account.id(), region.name()), declared))));
    }

    private void declare(AccountRegion at, DeclaredRepository declared) {
        Repository repository = new Repository(declared.name(), world.time().now(), object());
        in(at).put(declared.name(), repository);
        for (DeclaredRepository.PushedImage image : declared.images()) {
            String manifest = ImageOperations.manifest(declared.name() + " " + image.tags());
            String digest = image.digest() == null ? Repository.digest(manifest) : image.digest();
            repository.put(new Repository.Image(
                    digest, manifest, ImageOperations.MEDIA_TYPE, world.time().now()));
            image.tags().forEach(tag -> repository.tag(tag, digest));
        }
    }

    /**
     * The digest of the image that a registry of this simulated world has by this name, empty when it has none.
     *
     * @param tagOrDigest {@code 1.4} or {@code sha256:...}
     */
    public Optional<String> digest(AccountRegion at, String repository, String tagOrDigest) {
        return Optional.ofNullable(in(at).get(repository))
                .flatMap(found ->
                        tagOrDigest.startsWith("sha256:") ? found.byDigest(tagOrDigest) : found.byTag(tagOrDigest))
                .map(Repository.Image::digest);
    }

    private NavigableMap<String, Repository> in(AccountRegion at) {
        return repositories.computeIfAbsent(at, place -> new TreeMap<>());
    }

    private static AccountRegion place(ServiceCall call) {
        return new AccountRegion(
                call.input().path("registryId").asText(call.caller().accountId()),
                call.caller().region());
    }

    private Repository named(ServiceCall call) {
        return found(place(call), call.input().path("repositoryName").asText());
    }

    private Repository found(AccountRegion at, String name) {
        return Optional.ofNullable(in(at).get(name))
                .orElseThrow(() -> AwsError.client(
                        "RepositoryNotFoundException",
                        "The repository with name '" + name + "' does not exist in the registry with id '"
                                + at.accountId() + "'"));
    }

    private ObjectNode create(ServiceCall call) {
        AccountRegion at = place(call);
        String name = call.input().path("repositoryName").asText();
        if (in(at).containsKey(name)) {
            throw AwsError.client(
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + name + "' already exists in the registry with id '" + at.accountId()
                            + "'");
        }
        Repository repository =
                new Repository(name, world.time().now(), call.input().deepCopy());
        in(at).put(name, repository);
        world.events().append(at, name, "repository created");
        ObjectNode answer = object();
        answer.set("repository", view(at, repository));
        return answer;
    }

    private ObjectNode describe(ServiceCall call) {
        AccountRegion at = place(call);
        List<Repository> found = new ArrayList<>();
        if (call.input().path("repositoryNames").isEmpty()) {
            found.addAll(in(at).values());
        } else {
            call.input().path("repositoryNames").forEach(name -> found.add(found(at, name.asText())));
        }
        Pages.Page<Repository> page = Pages.page(
                "DescribeRepositories",
                found,
                Repository::name,
                Optional.ofNullable(call.input().get("nextToken")).map(JsonNode::asText),
                call.input().path("maxResults").asInt(PAGE),
                ContainerRegistry::invalidToken);
        ObjectNode answer = object();
        ArrayNode rows = answer.putArray("repositories");
        page.items().forEach(repository -> rows.add(view(at, repository)));
        page.next().ifPresent(next -> answer.put("nextToken", next));
        return answer;
    }

    static AwsError invalidToken() {
        return AwsError.client(
                "InvalidParameterException",
                "Invalid parameter at 'nextToken' failed to satisfy constraint: 'must be a token of this operation'");
    }

    private ObjectNode delete(ServiceCall call) {
        AccountRegion at = place(call);
        Repository repository = named(call);
        if (!repository.images().isEmpty() && !call.input().path("force").asBoolean()) {
            throw AwsError.client(
                    "RepositoryNotEmptyException",
                    "The repository with name '" + repository.name() + "' in registry with id '" + at.accountId()
                            + "' cannot be deleted because it still contains images");
        }
        in(at).remove(repository.name());
        world.events().append(at, repository.name(), "repository deleted");
        ObjectNode answer = object();
        answer.set("repository", view(at, repository));
        return answer;
    }

    private static ObjectNode view(AccountRegion at, Repository repository) {
        ObjectNode view = object();
        for (String member : List.of("imageTagMutability", "imageScanningConfiguration", "encryptionConfiguration")) {
            Optional.ofNullable(repository.request().get(member)).ifPresent(value -> view.set(member, value));
        }
        if (!view.has("imageTagMutability")) {
            view.put("imageTagMutability", "MUTABLE");
        }
        return view.put("repositoryArn", at.arn("ecr", "repository/" + repository.name()))
                .put("registryId", at.accountId())
                .put("repositoryName", repository.name())
                .put(
                        "repositoryUri",
                        at.accountId() + ".dkr.ecr." + at.region() + ".amazonaws.com/" + repository.name())
                .put("createdAt", repository.created().toString());
    }

    @Override
    public ObjectNode state(AccountRegion at) {
        ObjectNode state = object();
        ArrayNode rows = state.putArray("repositories");
        for (Repository repository : in(at).values()) {
            ObjectNode row = rows.addObject().put("repositoryName", repository.name());
            ArrayNode images = row.putArray("images");
            for (Repository.Image image : repository.images()) {
                ArrayNode tags =
                        images.addObject().put("imageDigest", image.digest()).putArray("imageTags");
                repository.tagsOf(image.digest()).forEach(tags::add);
            }
        }
        return state;
    }

    /** Every call names its repository. Source: Service Authorization Reference, "Amazon Elastic Container Registry". */
    @Override
    public List<Resource> resources(ServiceCall call) {
        AccountRegion at = place(call);
        JsonNode name = call.input().path("repositoryName");
        return name.isMissingNode()
                ? List.of()
                : List.of(new Resource(at.arn("ecr", "repository/" + name.asText()), Map.of()));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
