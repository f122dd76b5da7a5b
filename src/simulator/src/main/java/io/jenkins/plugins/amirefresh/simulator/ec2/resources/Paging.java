package io.jenkins.plugins.amirefresh.simulator.ec2.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The pages of one Describe call.
 *
 * @param minimum smallest MaxResults that EC2 accepts
 * @param maximum largest MaxResults
 * @param whenAbsent page size when the caller gives none; {@link Integer#MAX_VALUE}: everything at once
 */
public record Paging(String operation, int minimum, int maximum, int whenAbsent) {

    /** The usual limits: 5 to 1,000, everything at once when not asked to page. */
    public static Paging usual(String operation) {
        return new Paging(operation, 5, 1000, Integer.MAX_VALUE);
    }

    /**
     * Cuts one page.
     *
     * @param items sorted by {@code key}
     * @throws AwsError for a size out of range or an unknown token
     */
    public <T> Pages.Page<T> cut(Input request, List<T> items, Function<? super T, String> key) {
        OptionalInt asked = request.number("MaxResults");
        if (asked.isPresent() && (asked.getAsInt() < minimum || asked.getAsInt() > maximum)) {
            throw Errors.invalidValue(
                    "Value ( " + asked.getAsInt() + " ) for parameter maxResults is invalid. Expecting a value "
                            + (asked.getAsInt() < minimum
                                    ? "greater than or equal to " + minimum
                                    : "less than or equal to " + maximum)
                            + ".");
        }
        return Pages.page(
                operation,
                items,
                key,
                request.text("NextToken").filter(token -> !token.isEmpty()),
                asked.orElse(whenAbsent),
                () -> AwsError.client("InvalidParameterValue", "Unable to parse pagination token"));
    }

    /** A whole answer: the page under {@code member}, and NextToken when there is more. */
    public <T> ObjectNode answer(
            Input request,
            String member,
            List<T> items,
            Function<? super T, String> key,
            Function<? super T, ? extends JsonNode> view) {
        Pages.Page<T> page = cut(request, items, key);
        ObjectNode answer = Nodes.of(member, Nodes.array(page.items(), view));
        Nodes.putIfPresent(answer, "NextToken", page.next());
        return answer;
    }
}
