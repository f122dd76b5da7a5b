package io.jenkins.plugins.amirefresh.simulator.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.account.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An identity-based policy. Source: IAM User Guide, "Policy evaluation logic": an explicit deny wins, otherwise one allow
 * is enough, otherwise the call is denied.
 */
final class Policy {

    /** What a policy says to one action on one resource. */
    enum Verdict {
        ALLOWED,
        DENIED,
        NOT_ALLOWED
    }

    private final List<JsonNode> statements;

    /** @param documents IAM policy documents of one identity */
    Policy(List<JsonNode> documents) {
        this.statements = documents.stream()
                .flatMap(document -> items(document.path("Statement")).stream())
                .toList();
    }

    private static List<JsonNode> items(JsonNode oneOrMany) {
        List<JsonNode> items = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(items::add);
        } else if (!oneOrMany.isMissingNode()) {
            items.add(oneOrMany);
        }
        return items;
    }

    Verdict of(String action, String arn, Context context) {
        Verdict verdict = Verdict.NOT_ALLOWED;
        for (JsonNode statement : statements) {
            boolean denies = statement.path("Effect").asText().equals("Deny");
            if (concerns(statement, action, arn) && Conditions.hold(statement.path("Condition"), context, denies)) {
                if (denies) {
                    return Verdict.DENIED;
                }
                verdict = Verdict.ALLOWED;
            }
        }
        return verdict;
    }

    private static boolean concerns(JsonNode statement, String action, String arn) {
        boolean actionFits = statement.has("NotAction")
                ? items(statement.path("NotAction")).stream().noneMatch(item -> fitsAction(item, action))
                : items(statement.path("Action")).stream().anyMatch(item -> fitsAction(item, action));
        boolean resourceFits = statement.has("NotResource")
                ? items(statement.path("NotResource")).stream().noneMatch(item -> fitsResource(item, arn))
                : items(statement.path("Resource")).stream().anyMatch(item -> fitsResource(item, arn));
        return actionFits && resourceFits;
    }

    /** Actions are compared without case. */
    private static boolean fitsAction(JsonNode pattern, String action) {
        return Wildcard.matches(pattern.asText().toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT));
    }

    private static boolean fitsResource(JsonNode pattern, String arn) {
        return Wildcard.matches(pattern.asText(), arn);
    }
}
