package io.jenkins.plugins.amirefresh.simulator.sts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountSeeder;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRole;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The service {@code sts}. A role is assumed when the account file declares it and it trusts the caller's account.
 *
 * <p>Source: STS API Reference, AssumeRole: sessions last an hour unless asked otherwise, at least 15 minutes, at most the
 * role's maximum, and at most an hour when one role assumes another.
 */
public final class SecurityTokens implements AwsService, AccountSeeder, ProtectedResources {

    private static final Duration DEFAULT_ROLE_SESSION = Duration.ofHours(1);
    private static final Duration CHAINED_MAXIMUM = Duration.ofHours(1);
    private static final Duration DEFAULT_USER_SESSION = Duration.ofHours(12);

    private final World world;
    private final Map<String, Role> rolesByArn = new HashMap<>();

    /** Without any role yet. */
    public SecurityTokens(World world) {
        this.world = world;
    }

    private record Role(String id, String accountId, DeclaredRole declared) {}

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public void seed(AccountFile file) {
        for (DeclaredAccount account : file.accounts()) {
            for (DeclaredRole role : account.roles()) {
                rolesByArn.put(role.arn(account.id()), new Role(identifier("AROA", 17), account.id(), role));
            }
        }
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "GetCallerIdentity", this::callerIdentity,
                "AssumeRole", this::assumeRole,
                "GetSessionToken", this::sessionToken,
                "GetAccessKeyInfo", this::accessKeyInfo);
    }

    @Override
    public List<Resource> resources(ServiceCall call) {
        return call.operation().equals("AssumeRole")
                ? List.of(new Resource(call.input().path("RoleArn").asText(), Map.of()))
                : List.of();
    }

    private ObjectNode callerIdentity(ServiceCall call) {
        Caller caller = call.caller();
        return object().put("UserId", userId(caller))
                .put("Account", caller.accountId())
                .put("Arn", caller.arn());
    }

    /** A role's id with the session's name, or a user's id. */
    private String userId(Caller caller) {
        return session(caller)
                .map(session -> session.role().id() + ":" + session.name())
                .orElseGet(() -> "AIDA"
                        + String.format(Locale.ROOT, "%017d", Math.abs((long)
                                caller.arn().hashCode())));
    }

    private record Session(Role role, String name) {}

    /** Which role the caller has assumed, empty for a user. */
    private Optional<Session> session(Caller caller) {
        String prefix = "arn:aws:sts::" + caller.accountId() + ":assumed-role/";
        if (!caller.arn().startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = caller.arn().substring(prefix.length());
        int slash = rest.lastIndexOf('/');
        String arn = "arn:aws:iam::" + caller.accountId() + ":role/" + rest.substring(0, Math.max(0, slash));
        return Optional.ofNullable(rolesByArn.get(arn)).map(role -> new Session(role, rest.substring(slash + 1)));
    }

    private ObjectNode assumeRole(ServiceCall call) {
        ObjectNode input = call.input();
        String arn = input.path("RoleArn").asText();
        Caller caller = call.caller();
        Role role = Optional.ofNullable(rolesByArn.get(arn))
                .filter(found -> trusts(found.declared(), caller))
                .filter(found -> hasExternalId(found.declared(), input))
                .orElseThrow(() -> new AwsError(
                        "AccessDenied",
                        403,
                        "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: " + arn));
        Duration duration = input.has("DurationSeconds")
                ? Duration.ofSeconds(input.get("DurationSeconds").asLong())
                : DEFAULT_ROLE_SESSION;
        refuseTooLong(duration, role.declared(), caller);
        String session = input.path("RoleSessionName").asText();
        String principal = "arn:aws:sts::" + role.accountId() + ":assumed-role/"
                + role.declared().name() + "/" + session;
        ObjectNode answer = object();
        answer.set("Credentials", issue(role.accountId(), principal, duration));
        answer.set(
                "AssumedRoleUser",
                object().put("AssumedRoleId", role.id() + ":" + session).put("Arn", principal));
        return answer;
    }

    private static boolean trusts(DeclaredRole role, Caller caller) {
        return role.trusts().isEmpty() || role.trusts().contains(caller.accountId());
    }

    private static boolean hasExternalId(DeclaredRole role, ObjectNode input) {
        return role.externalId() == null
                || role.externalId().equals(input.path("ExternalId").asText());
    }

    private void refuseTooLong(Duration duration, DeclaredRole role, Caller caller) {
        if (session(caller).isPresent() && duration.compareTo(CHAINED_MAXIMUM) > 0) {
            throw AwsError.client(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        if (duration.compareTo(role.maxSessionDuration()) > 0) {
            throw AwsError.client(
                    "ValidationError",
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        }
    }

    /** Source: STS API Reference, GetSessionToken: 12 hours by default; a temporary key cannot ask for another. */
    private ObjectNode sessionToken(ServiceCall call) {
        Caller caller = call.caller();
        if (session(caller).isPresent()) {
            throw new AwsError("AccessDenied", 403, "Cannot call GetSessionToken with session credentials");
        }
        Duration duration = call.input().has("DurationSeconds")
                ? Duration.ofSeconds(call.input().get("DurationSeconds").asLong())
                : DEFAULT_USER_SESSION;
        ObjectNode answer = object();
        answer.set("Credentials", issue(caller.accountId(), caller.arn(), duration));
        return answer;
    }

    private ObjectNode accessKeyInfo(ServiceCall call) {
        String key = call.input().path("AccessKeyId").asText();
        return object().put("Account", world.credentials().principal(key).accountId());
    }

    private ObjectNode issue(String accountId, String principal, Duration duration) {
        Instant expiration = world.time().now().plus(duration);
        String accessKeyId = identifier("ASIA", 16);
        world.credentials().issue(accessKeyId, accountId, principal, expiration);
        return object().put("AccessKeyId", accessKeyId)
                .put("SecretAccessKey", identifier("", 40))
                .put("SessionToken", identifier("", 64))
                .put("Expiration", expiration.toString());
    }

    /** Letters and digits as AWS uses them in ids. */
    private String identifier(String prefix, int length) {
        StringBuilder text = new StringBuilder(prefix);
        while (text.length() < prefix.length() + length) {
            text.append(world.ids().next("").substring(2).toUpperCase(Locale.ROOT));
        }
        return text.substring(0, prefix.length() + length);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
