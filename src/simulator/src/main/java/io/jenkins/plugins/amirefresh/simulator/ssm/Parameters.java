package io.jenkins.plugins.amirefresh.simulator.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Parameters by place and name. Source: Systems Manager API Reference, "PutParameter", "GetParametersByPath". */
final class Parameters {

    private static final int PAGE = 10;

    private final World world;
    private final Map<AccountRegion, NavigableMap<String, Parameter>> parameters = new HashMap<>();

    Parameters(World world) {
        this.world = world;
    }

    private record Parameter(String name, String type, String dataType, String value, long version, Instant changed) {}

    void addTo(Map<String, Operation> operations) {
        operations.put("GetParameter", this::get);
        operations.put("GetParameters", this::getSeveral);
        operations.put("GetParametersByPath", this::getByPath);
        operations.put("DescribeParameters", this::describe);
        operations.put("PutParameter", this::put);
        operations.put("DeleteParameter", this::delete);
    }

    private NavigableMap<String, Parameter> in(AccountRegion at) {
        return parameters.computeIfAbsent(at, place -> new TreeMap<>());
    }

    void declare(AccountRegion at, String name, String value) {
        String dataType = value.startsWith("ami-") ? "aws:ec2:image" : "text";
        in(at).put(
                        name,
                        new Parameter(
                                name, "String", dataType, value, 1, world.time().now()));
    }

    Optional<String> value(AccountRegion at, String name) {
        return find(at, name).map(Parameter::value);
    }

    /** By name, name and version, or ARN. */
    private Optional<Parameter> find(AccountRegion at, String reference) {
        String prefix = at.arn("ssm", "parameter");
        String text = reference.startsWith(prefix) ? reference.substring(prefix.length()) : reference;
        int colon = text.lastIndexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return Optional.ofNullable(in(at).get(name))
                .filter(found -> colon < 0 || text.substring(colon + 1).equals(Long.toString(found.version())));
    }

    private ObjectNode get(ServiceCall call) {
        String name = call.input().path("Name").asText();
        Parameter found = find(call.caller().at(), name).orElseThrow(() -> notFound(name));
        ObjectNode answer = Json.object();
        answer.set("Parameter", view(call.caller().at(), found));
        return answer;
    }

    private static AwsError notFound(String name) {
        return AwsError.client("ParameterNotFound", "Parameter " + name + " not found.");
    }

    private ObjectNode getSeveral(ServiceCall call) {
        ObjectNode answer = Json.object();
        ArrayNode found = answer.putArray("Parameters");
        ArrayNode invalid = answer.putArray("InvalidParameters");
        for (String name : Json.texts(call.input(), "Names")) {
            find(call.caller().at(), name)
                    .ifPresentOrElse(
                            parameter -> found.add(view(call.caller().at(), parameter)), () -> invalid.add(name));
        }
        return answer;
    }

    private ObjectNode getByPath(ServiceCall call) {
        String path = call.input().path("Path").asText();
        String prefix = path.endsWith("/") ? path : path + "/";
        boolean recursive = call.input().path("Recursive").asBoolean();
        return page(
                call,
                in(call.caller().at()).values().stream()
                        .filter(parameter -> parameter.name().startsWith(prefix))
                        .filter(parameter -> recursive || parameter.name().indexOf('/', prefix.length()) < 0)
                        .toList());
    }

    private ObjectNode page(ServiceCall call, List<Parameter> found) {
        Pages.Page<Parameter> page = Pages.page(
                call.operation() + call.input().path("Path").asText(),
                found,
                Parameter::name,
                Optional.ofNullable(call.input().get("NextToken")).map(JsonNode::asText),
                call.input().path("MaxResults").asInt(PAGE),
                () -> AwsError.client("InvalidNextToken", "The specified token isn't valid."));
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("Parameters");
        for (Parameter parameter : page.items()) {
            ObjectNode row = view(call.caller().at(), parameter);
            if (call.operation().equals("DescribeParameters")) {
                row.remove("Value");
            }
            rows.add(row);
        }
        page.next().ifPresent(next -> answer.put("NextToken", next));
        return answer;
    }

    private ObjectNode describe(ServiceCall call) {
        if (call.input().has("Filters") || call.input().has("ParameterFilters")) {
            throw AwsError.client(
                    "InvalidFilterKey", "The simulator's DescribeParameters does not filter; ask for all of them.");
        }
        return page(call, List.copyOf(in(call.caller().at()).values()));
    }

    private static ObjectNode view(AccountRegion at, Parameter parameter) {
        String separator = parameter.name().startsWith("/") ? "" : "/";
        return Json.object()
                .put("Name", parameter.name())
                .put("Type", parameter.type())
                .put("Value", parameter.value())
                .put("Version", parameter.version())
                .put("LastModifiedDate", parameter.changed().toString())
                .put("ARN", at.arn("ssm", "parameter" + separator + parameter.name()))
                .put("DataType", parameter.dataType());
    }

    private ObjectNode put(ServiceCall call) {
        ObjectNode input = call.input();
        AccountRegion at = call.caller().at();
        String name = input.path("Name").asText();
        Optional<Parameter> before = Optional.ofNullable(in(at).get(name));
        if (before.isPresent() && !input.path("Overwrite").asBoolean()) {
            throw AwsError.client(
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to"
                            + " true.");
        }
        if (before.isEmpty() && !input.has("Type")) {
            throw AwsError.client("ValidationException", "A parameter type is required when you create a parameter.");
        }
        long version = before.map(Parameter::version).orElse(0L) + 1;
        String type = input.path("Type").asText(before.map(Parameter::type).orElse("String"));
        String dataType =
                input.path("DataType").asText(before.map(Parameter::dataType).orElse("text"));
        in(at).put(
                        name,
                        new Parameter(
                                name,
                                type,
                                dataType,
                                input.path("Value").asText(),
                                version,
                                world.time().now()));
        world.events().append(at, name, "parameter put, version " + version);
        return Json.object().put("Version", version).put("Tier", "Standard");
    }

    private ObjectNode delete(ServiceCall call) {
        String name = call.input().path("Name").asText();
        if (in(call.caller().at()).remove(name) == null) {
            throw notFound(name);
        }
        world.events().append(call.caller().at(), name, "parameter deleted");
        return Json.object();
    }
}
