package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.List;

/** The refusals that several EC2 calls share, worded as EC2 words them. */
public final class Errors {

    private Errors() {}

    /** InvalidParameterValue with this message. */
    public static AwsError invalidValue(String message) {
        return AwsError.client("InvalidParameterValue", message);
    }

    /** InvalidParameterCombination with this message. */
    public static AwsError combination(String message) {
        return AwsError.client("InvalidParameterCombination", message);
    }

    /** MissingParameter for one that the model does not mark as required. */
    public static AwsError missing(String member) {
        return AwsError.client("MissingParameter", "The request must contain the parameter " + member);
    }

    /** The same token came with other parameters. */
    public static AwsError tokenReused() {
        return AwsError.client(
                "IdempotentParameterMismatch",
                "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");
    }

    /** A resource list where some do not exist, in the singular or the plural. */
    public static AwsError notFound(String code, String noun, List<String> ids) {
        return ids.size() == 1
                ? AwsError.client(code, "The " + noun + " '" + ids.get(0) + "' does not exist")
                : AwsError.client(code, "The " + noun + "s '" + String.join(", ", ids) + "' do not exist");
    }

    /**
     * Refuses an id of another form.
     *
     * @throws AwsError {@code code} when {@code id} is not of the form prefix-hexadecimal
     */
    public static void wellFormed(String code, String prefix, String id) {
        boolean fits = id.startsWith(prefix + "-")
                && id.length() > prefix.length() + 1
                && id.substring(prefix.length() + 1)
                        .chars()
                        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!fits) {
            throw AwsError.client(code, "Invalid id: \"" + id + "\" (expecting \"" + prefix + "-...\")");
        }
    }
}
