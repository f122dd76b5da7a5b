package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests and answers on the wire for a set of services.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class Wire {

    private final Map<String, ServiceModel> models = new LinkedHashMap<>();

    /** @param serviceNames the models' names */
    public Wire(List<String> serviceNames) {
        serviceNames.forEach(name -> models.put(name, ServiceModel.load(name)));
    }

    /**
     * Finds out who asks which service for what; the input is not read yet.
     *
     * @throws AwsError when no simulated service is meant
     */
    public Request open(WireRequest request) {
        CredentialScope scope = CredentialScope.of(request);
        String target = request.header("x-amz-target");
        if (!target.isEmpty()) {
            String prefix = target.substring(0, Math.max(0, target.indexOf('.')));
            ServiceModel model = models.values().stream()
                    .filter(candidate -> candidate.targetPrefix().equals(prefix))
                    .findFirst()
                    .orElseThrow(() -> unknownService(prefix));
            String operation = target.substring(target.indexOf('.') + 1);
            return new Request(scope, model, operation, new FormParameters(), request.body());
        }
        String form = request.query().isEmpty() ? request.body() : request.query() + "&" + request.body();
        FormParameters parameters = FormParameters.parse(form);
        ServiceModel model = modelFor(scope.service(), parameters.text("Version"));
        return new Request(scope, model, parameters.text("Action"), parameters, "");
    }

    /** Two services share a host and differ by API version: classic load balancers and today's. */
    private ServiceModel modelFor(String signingName, String version) {
        Optional<ServiceModel> exact = models.values().stream()
                .filter(model -> model.apiVersion().equals(version))
                .filter(model -> signingName.isEmpty() || model.endpointPrefix().equals(signingName))
                .findFirst();
        return exact.or(() -> models.values().stream()
                        .filter(model -> model.endpointPrefix().equals(signingName)
                                && !signingName.equals("elasticloadbalancing"))
                        .findFirst())
                .orElseThrow(() -> unknownService(signingName + " " + version));
    }

    private static AwsError unknownService(String name) {
        return AwsError.client("UnknownService", "The simulator has no service " + name.trim() + ".");
    }

    /** The model of a simulated service. */
    public Optional<ServiceModel> model(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** The answer to {@code request} in its protocol. */
    public static WireResponse answer(Request request, ObjectNode output, String requestId) {
        ServiceModel model = request.model();
        var operation = model.operation(request.operation()).orElseThrow();
        String body = model.protocol() == Protocol.JSON
                ? JsonCodec.write(operation.output(), output)
                : XmlWriter.answer(model, operation, output, requestId);
        return new WireResponse(200, headers(model, requestId), body);
    }

    /** A refusal in the protocol of {@code model}. */
    public static WireResponse refusal(ServiceModel model, AwsError error, String requestId) {
        String body =
                model.protocol() == Protocol.JSON ? JsonCodec.error(error) : XmlWriter.error(model, error, requestId);
        return new WireResponse(error.httpStatus(), headers(model, requestId), body);
    }

    /** A refusal when nobody knows the protocol: as the query services word it. */
    public static WireResponse refusal(AwsError error, String requestId) {
        return new WireResponse(
                error.httpStatus(),
                Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
                XmlWriter.queryError("", error, requestId));
    }

    private static Map<String, String> headers(ServiceModel model, String requestId) {
        String type =
                switch (model.protocol()) {
                    case EC2 -> "text/xml;charset=UTF-8";
                    case QUERY -> "text/xml";
                    case JSON -> "application/x-amz-json-" + model.jsonVersion();
                };
        return Map.of("Content-Type", type, "x-amzn-RequestId", requestId);
    }

    /** A request whose service and operation are known. */
    public static final class Request {

        private final CredentialScope scope;
        private final ServiceModel model;
        private final String operation;
        private final FormParameters parameters;
        private final String body;

        Request(CredentialScope scope, ServiceModel model, String operation, FormParameters parameters, String body) {
            this.scope = scope;
            this.model = model;
            this.operation = operation;
            this.parameters = parameters;
            this.body = body;
        }

        /** Who signed it, and for where. */
        public CredentialScope scope() {
            return scope;
        }

        /** The service it means. */
        public ServiceModel model() {
            return model;
        }

        /** The operation it names, which may not exist. */
        public String operation() {
            return operation;
        }

        /**
         * Its input by the model's member names, types checked.
         *
         * @throws AwsError for an operation that AWS does not have, or a value of the wrong type
         */
        public ObjectNode input() {
            var declared = Checks.operation(model, operation);
            return model.protocol() == Protocol.JSON
                    ? JsonCodec.read(declared.input(), body)
                    : new FormReader(model.protocol()).read(declared.input(), parameters);
        }
    }
}
