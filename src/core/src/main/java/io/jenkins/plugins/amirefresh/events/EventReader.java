package io.jenkins.plugins.amirefresh.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a message: CloudTrail's record of an API call or a change of a parameter as EventBridge delivers them,
 * also by way of SNS, or an event made by hand with {@code detail.requestParameters} alone.
 */
public final class EventReader {

    /** In the user agent of every call of this product, of whatever controller. */
    private static final String OUR_AGENT = "ami-refresh/";

    private static final Set<String> LAUNCH_SETTINGS =
            Set.of("launchTemplate", "mixedInstancesPolicy", "launchConfigurationName");

    /** What EC2 and Systems Manager allow in names is less. */
    private static final Pattern NAME = Pattern.compile("[!-~]{1,2048}");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Set<String> tags;

    /** @param tags the names of the tags that say whether and how a group is recycled */
    public EventReader(Set<String> tags) {
        this.tags = Set.copyOf(tags);
    }

    /** The event is not one, in this respect. */
    private static final class PoisonException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PoisonException(String message) {
            super(message, null, false, false);
        }
    }

    /** Reads one body; never throws. */
    public Reading read(String body) {
        try {
            JsonNode root = parsed(body);
            JsonNode message = root.path("Message");
            boolean isFromSns = root.path("Type").asText().equals("Notification") && message.isTextual();
            return event(isFromSns ? parsed(message.textValue()) : root);
        } catch (PoisonException e) {
            return new Reading.Poison(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            if (root.isObject()) {
                return root;
            }
            throw new PoisonException("is no JSON object: " + shortened(body));
        } catch (JsonProcessingException e) {
            throw new PoisonException("is no JSON: " + shortened(e.getOriginalMessage()));
        }
    }

    /** A rule's target may get the event without its envelope, which is CloudTrail's own record. */
    private Reading event(JsonNode root) {
        boolean isBare = !root.has("detail") && root.has("eventName");
        JsonNode detail = isBare ? root : root.path("detail");
        if (!detail.isObject()) {
            throw new PoisonException("has no object 'detail'");
        }
        String kind = root.path("detail-type").asText();
        if (kind.equals("Parameter Store Change")) {
            return parameter(root, detail);
        }
        if (!kind.isEmpty() && !detail.has("eventName") && !detail.has("requestParameters")) {
            return new Reading.Ignored(shortened(kind) + " changes nothing that instances are launched from", false);
        }
        String error = detail.path("errorCode").asText("");
        String name = text(detail, "eventName");
        if (!error.isEmpty() && !detail.path("errorCode").isNull()) {
            return new Reading.Ignored((name.isEmpty() ? "the call" : name) + " failed: " + shortened(error), false);
        }
        if (detail.path("userAgent").asText().contains(OUR_AGENT)) {
            return new Reading.Ignored(name + " is a change of AMI Refresh itself", true);
        }
        JsonNode request = detail.path("requestParameters");
        return switch (name) {
            case "", "UpdateAutoScalingGroup" -> group(root, detail, request, name);
            case "CreateOrUpdateTags", "DeleteTags" -> tags(root, detail, request, name);
            case "CreateLaunchTemplateVersion", "ModifyLaunchTemplate" -> template(root, detail, request, name);
            case "PutParameter", "LabelParameterVersion" -> {
                String parameter = named(required(request, "name", name));
                yield change(root, detail, ChangeKind.PARAMETER, List.of(parameter), name);
            }
            default ->
                new Reading.Ignored(shortened(name) + " changes nothing that instances are launched from", false);
        };
    }

    private static Reading parameter(JsonNode root, JsonNode detail) {
        String operation = text(detail, "operation");
        if (operation.equals("Delete")) {
            return new Reading.Ignored("a parameter that is deleted launches nothing new", false);
        }
        String name = named(required(detail, "name", "Parameter Store Change"));
        return change(root, detail, ChangeKind.PARAMETER, List.of(name), "Parameter Store Change");
    }

    private static Reading group(JsonNode root, JsonNode detail, JsonNode request, String name) {
        String what = name.isEmpty() ? "a change by hand" : name;
        String group = groupName(required(request, "autoScalingGroupName", what));
        if (LAUNCH_SETTINGS.stream().noneMatch(request::hasNonNull)) {
            return new Reading.Ignored(
                    group + ": The launchConfiguration/launchTemplate is unchanged. Skipping recycling", false);
        }
        return change(root, detail, ChangeKind.GROUP, List.of(group), what);
    }

    private Reading tags(JsonNode root, JsonNode detail, JsonNode request, String name) {
        JsonNode list = object(request, name).path("tags");
        if (!list.isArray()) {
            throw new PoisonException("tells of " + name + " without a list 'tags'");
        }
        Set<String> groups = new LinkedHashSet<>();
        for (JsonNode tag : list) {
            String type = text(tag, "resourceType");
            if (tags.contains(text(tag, "key")) && (type.isEmpty() || type.equals("auto-scaling-group"))) {
                groups.add(groupName(required(tag, "resourceId", "a tag of " + name)));
            }
        }
        return groups.isEmpty()
                ? new Reading.Ignored(name + " is about no tag that says whether a group is recycled", false)
                : change(root, detail, ChangeKind.TAGS, List.copyOf(groups), name);
    }

    /** EC2's records hold the request under its own name, with the members' own letters. */
    private static Reading template(JsonNode root, JsonNode detail, JsonNode request, String name) {
        JsonNode nested = object(request, name).path(name + "Request");
        JsonNode call = nested.isObject() ? nested : request;
        boolean isVersion = name.equals("CreateLaunchTemplateVersion");
        String moved = anyOf(call, "SetDefaultVersion", "DefaultVersion");
        if (!isVersion && moved.isEmpty()) {
            return new Reading.Ignored(name + " moves no default", false);
        }
        String id = anyText(call, "LaunchTemplateId");
        if (!id.isEmpty()) {
            require("the launch template's id", id, LaunchTemplateId::new);
        }
        String template = id.isEmpty() ? anyText(call, "LaunchTemplateName") : id;
        if (template.isBlank()) {
            throw new PoisonException("tells of " + name + " without a launch template");
        }
        named(template);
        ChangeKind kind = isVersion ? ChangeKind.TEMPLATE_VERSION : ChangeKind.TEMPLATE_DEFAULT;
        return change(root, detail, kind, List.of(template), name);
    }

    private static Reading change(JsonNode root, JsonNode detail, ChangeKind kind, List<String> names, String what) {
        String account = first(text(root, "account"), text(detail, "recipientAccountId"));
        String region = first(text(root, "region"), text(detail, "awsRegion"));
        if (!account.isEmpty()) {
            require("the account", account, AccountId::new);
        }
        if (!region.isEmpty()) {
            require("the region", region, AwsRegion::new);
        }
        Instant at = time(first(text(detail, "eventTime"), text(root, "time")));
        return new Reading.Change(new ChangeEvent(kind, names, account, region, at, session(detail), what));
    }

    private static String session(JsonNode detail) {
        String arn = detail.path("userIdentity").path("arn").asText("");
        return arn.contains(":assumed-role/") ? arn.substring(arn.lastIndexOf('/') + 1) : "";
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new PoisonException("has the time '" + shortened(text) + "', which is none");
        }
    }

    private static String groupName(String text) {
        require("the group's name", text, AutoScalingGroupName::new);
        return text;
    }

    /** Of a launch template or a parameter. */
    private static String named(String text) {
        require("the name", text, name -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(name);
            }
        });
        return text;
    }

    private static void require(String what, String value, Consumer<String> form) {
        try {
            form.accept(value);
        } catch (IllegalArgumentException e) {
            throw new PoisonException("has " + what + " '" + shortened(value) + "', which is none");
        }
    }

    private static JsonNode object(JsonNode request, String what) {
        if (request.isObject()) {
            return request;
        }
        throw new PoisonException("tells of " + what + " without an object 'requestParameters'");
    }

    private static String required(JsonNode holder, String member, String what) {
        String value = text(holder, member);
        if (value.isBlank()) {
            throw new PoisonException("tells of " + what + " without '" + member + "'");
        }
        return value;
    }

    private static String text(JsonNode holder, String member) {
        JsonNode value = holder.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual()) {
            throw new PoisonException("has a '" + member + "' that is no text: " + shortened(value.toString()));
        }
        return value.textValue();
    }

    /** A member, whichever letter it begins with. */
    private static String anyText(JsonNode call, String member) {
        String text = text(call, member);
        return text.isEmpty()
                ? text(call, member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1))
                : text;
    }

    /** A member, whichever letter it begins with; numbers count as text. */
    private static String anyOf(JsonNode call, String... members) {
        List<String> spellings = new ArrayList<>();
        for (String member : members) {
            spellings.add(member);
            spellings.add(member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1));
        }
        return spellings.stream()
                .map(call::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .filter(text -> !text.isEmpty() && !text.equals("null"))
                .findFirst()
                .orElse("");
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static String shortened(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
