package io.jenkins.plugins.amirefresh.simulator.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources.Need;
import io.jenkins.plugins.amirefresh.simulator.kernel.ProtectedResources.Resource;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds calls of roles that declare a policy against it, and those who were told against theirs; all others may do everything. */
public final class Permissions {

    private static final String ASSUMED = ":assumed-role/";
    private static final Map<String, String> PREFIXES =
            Map.of("elasticloadbalancingv2", "elasticloadbalancing", "monitoring", "cloudwatch", "tagging", "tag");

    /** The one call that needs no right. Source: STS API Reference, GetCallerIdentity. */
    private static final String FREE = "sts:GetCallerIdentity";

    private final Map<String, Policy> byRole = new HashMap<>();
    private final Map<String, Policy> byUser = new HashMap<>();
    private @Nullable Policy ofSessions;
    private final Map<String, ProtectedResources> services = new HashMap<>();

    /** The policies of this file's roles. */
    public Permissions(AccountFile file, List<AwsService> all) {
        file.accounts().forEach(account -> account.roles().forEach(role -> {
            JsonNode document = role.policy();
            if (document != null) {
                byRole.put(account.id() + ASSUMED + role.name(), new Policy(List.of(document)));
            }
        }));
        all.forEach(service -> {
            if (service instanceof ProtectedResources resources) {
                services.put(service.name(), resources);
            }
        });
    }

    /** From now on this user may do what these policies allow, and so may sessions of every role that has no policy. */
    public void hold(String userArn, List<JsonNode> policies) {
        Policy policy = new Policy(policies);
        byUser.put(userArn, policy);
        ofSessions = policy;
    }

    private @Nullable Policy policy(String arn) {
        String role = role(arn);
        return role.isEmpty() ? byUser.get(arn) : byRole.getOrDefault(role, ofSessions);
    }

    /**
     * Lets a call pass that its caller's policy allows on every resource it acts on.
     *
     * @throws AwsError naming the action and the resource
     */
    public void check(ServiceCall call) {
        Policy policy = policy(call.caller().arn());
        String prefix = PREFIXES.getOrDefault(call.service(), call.service());
        String action = prefix + ":" + right(call);
        if (policy == null || action.equals(FREE)) {
            return;
        }
        String passedTo = call.service().equals("ecs") ? "ecs-tasks.amazonaws.com" : "ec2.amazonaws.com";
        ProtectedResources protectedOnes = services.getOrDefault(call.service(), any -> List.of());
        List<Resource> named = protectedOnes.resources(call);
        for (Resource resource : named.isEmpty() ? List.of(new Resource("*", Map.of())) : named) {
            Context context = new Context(
                    prefix,
                    call.caller().region(),
                    call.caller().accountId(),
                    resource.tags(),
                    requestTags(call),
                    passedTo);
            Policy.Verdict verdict = policy.of(action, resource.arn(), context);
            if (verdict != Policy.Verdict.ALLOWED) {
                throw refusal(call, action, resource.arn(), verdict);
            }
        }
        for (Need need : protectedOnes.needs(call)) {
            String owner = need.action().split(":", 2)[0];
            Context context =
                    new Context(owner, call.caller().region(), call.caller().accountId(), Map.of(), Map.of(), passedTo);
            if (policy.of(need.action(), need.arn(), context) != Policy.Verdict.ALLOWED) {
                throw new AwsError("AccessDenied", 403, need.refusal());
            }
        }
    }

    /** Batches of SQS need the right of the single call. Source: SQS Developer Guide, "Amazon SQS API permissions". */
    private static String right(ServiceCall call) {
        String operation = call.operation();
        boolean isBatch = call.service().equals("sqs") && operation.endsWith("Batch");
        return isBatch ? operation.substring(0, operation.length() - "Batch".length()) : operation;
    }

    /** {@code arn:aws:sts::111111111111:assumed-role/deploy/session} is a session of 111111111111's role deploy. */
    private static String role(String arn) {
        int at = arn.indexOf(ASSUMED);
        if (at < 0) {
            return "";
        }
        String account = arn.substring(arn.lastIndexOf(':', at - 1) + 1, at);
        int end = arn.indexOf('/', at + ASSUMED.length());
        return account + arn.substring(at, end < 0 ? arn.length() : end);
    }

    private static Map<String, String> requestTags(ServiceCall call) {
        Map<String, String> tags = new HashMap<>();
        collect(call.input().path("Tags"), tags);
        collect(call.input().path("tags"), tags);
        call.input().path("TagSpecifications").forEach(specification -> collect(specification.path("Tags"), tags));
        return tags;
    }

    private static void collect(JsonNode list, Map<String, String> tags) {
        list.forEach(tag -> tags.put(
                tag.path("Key").asText(tag.path("key").asText()),
                tag.path("Value").asText(tag.path("value").asText())));
    }

    /** Source: IAM User Guide, "Troubleshoot access denied error messages"; EC2 API Reference, "Error codes". */
    private static AwsError refusal(ServiceCall call, String action, String arn, Policy.Verdict verdict) {
        String why = verdict == Policy.Verdict.DENIED
                ? " with an explicit deny in an identity-based policy"
                : " because no identity-based policy allows the " + action + " action";
        String text = "User: " + call.caller().arn() + " is not authorized to perform: " + action + " on resource: "
                + arn + why;
        return switch (call.service()) {
            case "ec2" ->
                new AwsError("UnauthorizedOperation", 403, "You are not authorized to perform this operation. " + text);
            case "ssm", "sqs", "ecs", "ecr", "tagging" -> AwsError.client("AccessDeniedException", text);
            default -> new AwsError("AccessDenied", 403, text);
        };
    }
}
