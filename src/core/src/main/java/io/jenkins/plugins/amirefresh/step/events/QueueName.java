package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A queue as a pipeline names it: by its name, or by its address, which says where it is.
 *
 * @param region empty for a name alone
 * @param account empty for a name alone
 * @param address empty for a name alone
 */
record QueueName(String name, String region, String account, String address) {

    private static final String NAME = "[A-Za-z0-9_-]{1,80}(?:\\.fifo)?";
    private static final Pattern FORM = Pattern.compile(NAME);
    private static final Pattern ADDRESS =
            Pattern.compile("https://sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([0-9]{12})/(" + NAME + ")");

    static QueueName parse(String text) {
        String trimmed = text.trim();
        Matcher address = ADDRESS.matcher(trimmed);
        if (address.matches()) {
            return new QueueName(address.group(3), address.group(1), address.group(2), trimmed);
        }
        requireName(RecycleOnEvents.QUEUE, trimmed);
        return new QueueName(trimmed, "", "", "");
    }

    static void requireName(String parameter, String text) {
        if (!FORM.matcher(text).matches()) {
            throw ParameterException.of(
                    parameter,
                    text,
                    parameter.equals(RecycleOnEvents.QUEUE)
                            ? "the name of a queue, or an address such as"
                                    + " https://sqs.eu-west-1.amazonaws.com/111111111111/asg-changes"
                            : "the name of a queue");
        }
    }

    boolean isAddress() {
        return !address.isEmpty();
    }
}
