package io.jenkins.plugins.amirefresh.simulator.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.amirefresh.simulator.account.Wildcard;
import java.util.Optional;

/** The condition block of a statement. Source: IAM JSON policy reference, "Condition operators". */
final class Conditions {

    private static final String IF_EXISTS = "IfExists";

    private Conditions() {}

    /**
     * Whether all conditions hold.
     *
     * @param unknown what an operator that the simulator does not know counts as: true makes a deny strike, false keeps
     *     an allow from allowing
     */
    static boolean hold(JsonNode block, Context context, boolean unknown) {
        for (var operator : block.properties()) {
            for (var key : operator.getValue().properties()) {
                if (!holds(operator.getKey(), context.value(key.getKey()), key.getValue(), unknown)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean holds(String operator, Optional<String> value, JsonNode wanted, boolean unknown) {
        if (operator.endsWith(IF_EXISTS)) {
            String plain = operator.substring(0, operator.length() - IF_EXISTS.length());
            return value.isEmpty() || holds(plain, value, wanted, unknown);
        }
        return switch (operator) {
            case "StringEquals" -> anyOf(value, wanted, false);
            case "StringLike", "ArnLike" -> anyOf(value, wanted, true);
            // A key that is not there differs from everything.
            case "StringNotEquals" -> !anyOf(value, wanted, false);
            case "StringNotLike", "ArnNotLike" -> !anyOf(value, wanted, true);
            case "Null" -> value.isEmpty() == wanted.asText().equals("true");
            default -> unknown;
        };
    }

    private static boolean anyOf(Optional<String> value, JsonNode wanted, boolean wildcards) {
        if (value.isEmpty()) {
            return false;
        }
        if (!wanted.isArray()) {
            return fits(value.get(), wanted.asText(), wildcards);
        }
        for (JsonNode item : wanted) {
            if (fits(value.get(), item.asText(), wildcards)) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(String value, String pattern, boolean wildcards) {
        return wildcards ? Wildcard.matches(pattern, value) : pattern.equals(value);
    }
}
