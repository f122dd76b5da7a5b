package io.jenkins.plugins.amirefresh.simulator.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredTemplate;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of the service {@code iam} the instance profiles, which are an account's in all regions. A profile that a declared launch
 * template names is there, with a role of its name, as the console makes them.
 *
 * <p>Source: IAM API Reference, GetInstanceProfile, CreateInstanceProfile, DeleteInstanceProfile.
 */
public final class InstanceProfiles implements AwsService, AccountSeeder, ProtectedResources {

    private final World world;
    private final Map<String, Map<String, Profile>> byAccount = new TreeMap<>();

    /** None yet. */
    public InstanceProfiles(World world) {
        this.world = world;
    }

    private record Profile(String name, String id, Instant created, String path, boolean hasRole) {}

    @Override
    public String name() {
        return "iam";
    }

    @Override
    public void seed(AccountFile file) {
        for (DeclaredAccount account : file.accounts()) {
            account.regions().stream()
                    .flatMap(region -> region.launchTemplates().stream())
                    .flatMap(template -> template.versions().stream())
                    .map(InstanceProfiles::named)
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> of(account.id()).computeIfAbsent(name, missing -> made(missing, "/", true)));
        }
    }

    private static String named(DeclaredTemplate.Version version) {
        JsonNode request = version.request();
        return request == null ? "" : name(request.path("IamInstanceProfile"));
    }

    /** The name that a launch gives, be it by ARN; empty for none. */
    private static String name(JsonNode given) {
        String arn = given.path("Arn").asText();
        return given.path("Name").asText(arn.substring(arn.lastIndexOf('/') + 1));
    }

    private Map<String, Profile> of(String account) {
        return byAccount.computeIfAbsent(account, missing -> new TreeMap<>());
    }

    private Profile made(String name, String path, boolean hasRole) {
        String id = world.ids().next("").substring(2).toUpperCase(Locale.ROOT);
        return new Profile(name, "AIPA" + id, world.time().now(), path, hasRole);
    }

    /**
     * What RunInstances says of the profile that a launch gives. The words as users of AWS report them.
     *
     * @throws AwsError InvalidParameterValue for one that does not exist
     */
    public void requireFor(String account, JsonNode given) {
        String name = name(given);
        if (!name.isEmpty() && !of(account).containsKey(name)) {
            boolean isArn = given.has("Arn");
            throw AwsError.client(
                    "InvalidParameterValue",
                    "Value (" + (isArn ? given.path("Arn").asText() : name) + ") for parameter iamInstanceProfile."
                            + (isArn ? "arn" : "name") + " is invalid. Invalid IAM Instance Profile "
                            + (isArn ? "ARN" : "name"));
        }
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "GetInstanceProfile", call -> answer(call, named(call)),
                "CreateInstanceProfile", this::create,
                "DeleteInstanceProfile", this::delete);
    }

    @Override
    public List<Resource> resources(ServiceCall call) {
        String arn = "arn:aws:iam::" + call.caller().accountId() + ":instance-profile/"
                + call.input().path("InstanceProfileName").asText();
        return List.of(new Resource(arn, Map.of()));
    }

    private Profile named(ServiceCall call) {
        String name = call.input().path("InstanceProfileName").asText();
        Profile found = of(call.caller().accountId()).get(name);
        if (found == null) {
            throw new AwsError("NoSuchEntity", 404, "Instance Profile " + name + " cannot be found.");
        }
        return found;
    }

    private ObjectNode create(ServiceCall call) {
        String name = call.input().path("InstanceProfileName").asText();
        Profile profile = made(name, call.input().path("Path").asText("/"), false);
        if (of(call.caller().accountId()).putIfAbsent(name, profile) != null) {
            throw new AwsError("EntityAlreadyExists", 409, "Instance Profile " + name + " already exists.");
        }
        return answer(call, profile);
    }

    /** A role goes with it here: there are no calls that take it out first. */
    private ObjectNode delete(ServiceCall call) {
        of(call.caller().accountId()).remove(named(call).name());
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode answer(ServiceCall call, Profile profile) {
        String account = call.caller().accountId();
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("Path", profile.path())
                .put("InstanceProfileName", profile.name())
                .put("InstanceProfileId", profile.id())
                .put("Arn", "arn:aws:iam::" + account + ":instance-profile" + profile.path() + profile.name())
                .put("CreateDate", profile.created().toString());
        ArrayNode roles = view.putArray("Roles");
        if (profile.hasRole()) {
            roles.addObject()
                    .put("Path", "/")
                    .put("RoleName", profile.name())
                    .put("RoleId", profile.id().replace("AIPA", "AROA"))
                    .put("Arn", "arn:aws:iam::" + account + ":role/" + profile.name())
                    .put("CreateDate", profile.created().toString());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("InstanceProfile", view);
        return answer;
    }
}
