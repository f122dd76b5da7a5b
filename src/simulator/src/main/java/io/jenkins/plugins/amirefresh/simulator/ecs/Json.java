package io.jenkins.plugins.amirefresh.simulator.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads requests and writes answers. */
final class Json {

    private static final int PAGE = 100;

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static List<String> texts(JsonNode input, String member) {
        List<String> texts = new ArrayList<>();
        input.path(member).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    static void copy(JsonNode from, ObjectNode into, List<String> members) {
        members.stream()
                .filter(from::has)
                .forEach(member -> into.set(member, from.get(member).deepCopy()));
    }

    /** Tags in the order in which they were given. */
    static Map<String, String> tags(JsonNode list) {
        Map<String, String> tags = new TreeMap<>();
        list.forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText()));
        return tags;
    }

    static void showTags(Map<String, String> tags, ObjectNode into) {
        ArrayNode rows = into.putArray("tags");
        tags.forEach((key, value) -> rows.addObject().put("key", key).put("value", value));
    }

    /** A page of texts under {@code member}, with the token of the next. */
    static ObjectNode page(ServiceCall call, String member, List<String> sorted) {
        Pages.Page<String> page = Pages.page(
                call.operation(),
                sorted,
                text -> text,
                Optional.ofNullable(call.input().get("nextToken")).map(JsonNode::asText),
                Math.max(1, Math.min(call.input().path("maxResults").asInt(PAGE), PAGE)),
                () -> AwsError.client("InvalidParameterException", "Invalid token"));
        ObjectNode answer = object();
        ArrayNode rows = answer.putArray(member);
        page.items().forEach(rows::add);
        page.next().ifPresent(next -> answer.put("nextToken", next));
        return answer;
    }

    /** The last part of an ARN, or the name itself. */
    static String name(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }

    static void missing(ArrayNode failures, String arn) {
        failures.addObject().put("arn", arn).put("reason", "MISSING");
    }
}
