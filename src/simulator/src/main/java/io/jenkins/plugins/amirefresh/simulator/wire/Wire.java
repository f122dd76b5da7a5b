package io.jenkins.plugins.amirefresh.simulator.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.HashMap;
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
    public Wire(List<String> serviceNames, ServiceModels all) {
        serviceNames.forEach(name -> models.put(name, all.of(name)));
    }

    /**
     * Finds out who asks which service for what; the input is not read yet.
     *
     * @throws AwsError when no simulated service is meant
     */
    public Request open(WireRequest request) {
        CredentialScope scope = CredentialScope.of(request);
        if (request.header("smithy-protocol").equals("rpc-v2-cbor")) {
            return openRpc(scope, request);
        }
        String target = request.header("x-amz-target");
        if (!target.isEmpty()) {
            String prefix = target.substring(0, Math.max(0, target.indexOf('.')));
            ServiceModel model = modelFor(prefix).speaking(Protocol.JSON);
            String operation = target.substring(target.indexOf('.') + 1);
            return new Request(scope, model, operation, new FormParameters(), request.body());
        }
        String form = request.query().isEmpty() ? request.body() : request.query() + "&" + request.body();
        FormParameters parameters = FormParameters.parse(form);
        ServiceModel model = modelFor(scope.service(), parameters.text("Version"));
        ServiceModel spoken = model.speaks(Protocol.QUERY) ? model.speaking(Protocol.QUERY) : model;
        return new Request(scope, spoken, parameters.text("Action"), parameters, "");
    }

    /** Source: Smithy, "RPC v2 CBOR": {@code /service/{name}/operation/{name}}. */
    private Request openRpc(CredentialScope scope, WireRequest request) {
        String[] path = request.header(":path").split("/", -1);
        boolean rpc = path.length == 5 && path[1].equals("service") && path[3].equals("operation");
        ServiceModel model = modelFor(rpc ? path[2] : "").speaking(Protocol.CBOR);
        return new Request(scope, model, rpc ? path[4] : "", new FormParameters(), request.body());
    }

    private ServiceModel modelFor(String targetPrefix) {
        return models.values().stream()
                .filter(candidate ->
                        !targetPrefix.isEmpty() && candidate.targetPrefix().equals(targetPrefix))
                .findFirst()
                .orElseThrow(() -> unknownService(targetPrefix));
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
        String body =
                switch (model.protocol()) {
                    case EC2, QUERY -> XmlWriter.answer(model, operation, output, requestId);
                    case JSON -> JsonCodec.write(operation.output(), output);
                    case CBOR -> CborCodec.write(operation.output(), output);
                };
        return new WireResponse(200, headers(model, requestId), body);
    }

    /** A refusal in the protocol of {@code model}. */
    public static WireResponse refusal(ServiceModel model, AwsError error, String requestId) {
        Map<String, String> headers = new HashMap<>(headers(model, requestId));
        String body =
                switch (model.protocol()) {
                    case EC2 -> XmlWriter.error(model, error, requestId);
                    case QUERY -> XmlWriter.error(model, renamed(model, error), requestId);
                    case JSON -> JsonCodec.error(error);
                    case CBOR -> CborCodec.error(error);
                };
        if (model.isQueryCompatible()) {
            String side = error.httpStatus() < 500 ? ";Sender" : ";Receiver";
            headers.put("x-amzn-query-error", model.queryCode(error.code()) + side);
        }
        return new WireResponse(error.httpStatus(), headers, body);
    }

    private static AwsError renamed(ServiceModel model, AwsError error) {
        return model.isQueryCompatible()
                ? new AwsError(model.queryCode(error.code()), error.httpStatus(), String.valueOf(error.getMessage()))
                : error;
    }

    /** A refusal when nobody knows the protocol: as the query services word it. */
    public static WireResponse refusal(AwsError error, String requestId) {
        return new WireResponse(
                error.httpStatus(),
                Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
                XmlWriter.queryError("", error, requestId));
    }

    private static Map<String, String> headers(ServiceModel model, String requestId) {
        return switch (model.protocol()) {
            case EC2 -> Map.of("Content-Type", "text/xml;charset=UTF-8", "x-amzn-RequestId", requestId);
            case QUERY -> Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId);
            case JSON ->
                Map.of("Content-Type", "application/x-amz-json-" + model.jsonVersion(), "x-amzn-RequestId", requestId);
            case CBOR ->
                Map.of(
                        "Content-Type",
                        "application/cbor",
                        "smithy-protocol",
                        "rpc-v2-cbor",
                        "x-amzn-RequestId",
                        requestId);
        };
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
            return switch (model.protocol()) {
                case EC2, QUERY -> new FormReader(model.protocol()).read(declared.input(), parameters);
                case JSON -> JsonCodec.read(declared.input(), body);
                case CBOR -> CborCodec.read(declared.input(), body);
            };
        }
    }
}
