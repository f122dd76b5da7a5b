package io.jenkins.plugins.amirefresh.simulator.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One request to one operation, already parsed and checked against the service model.
 *
 * @param service the model's name: {@code ec2}, {@code autoscaling}, {@code elasticloadbalancingv2}, {@code sts}
 * @param operation for example {@code DescribeInstances}
 * @param input members under the model's member names (shape names, not wire names): strings as text, integers and
 *     booleans as such, timestamps as ISO 8601 text, lists as arrays, structures as objects; absent when not given
 * @param requestId echoed in the answer
 * @param host that the client called, port included; empty when the call came in process from nobody's client
 * @param userAgent as the client names itself; empty for nobody's client
 */
public record ServiceCall(
        String service,
        String operation,
        ObjectNode input,
        Caller caller,
        String requestId,
        String host,
        String userAgent) {

    /** A call that no client sent to a host. */
    public ServiceCall(String service, String operation, ObjectNode input, Caller caller, String requestId) {
        this(service, operation, input, caller, requestId, "", "");
    }
}
