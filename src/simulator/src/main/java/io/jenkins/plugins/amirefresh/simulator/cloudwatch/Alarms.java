package io.jenkins.plugins.amirefresh.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AccountRegion;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsService;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.Pages;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The service {@code monitoring}: metrics, and alarms whose state somebody sets, since none is evaluated. Source: CloudWatch API
 * Reference, "PutMetricAlarm", "SetAlarmState", "DescribeAlarms".
 */
public final class Alarms implements AwsService {

    private static final int LONGEST_PAGE = 100;
    private static final int DEFAULT_PAGE = 50;
    private static final int MOST_NAMES = 100;

    /** Members of PutMetricAlarm that MetricAlarm shows as they were given. */
    private static final List<String> ECHOED = List.of(
            "AlarmName",
            "AlarmDescription",
            "ActionsEnabled",
            "OKActions",
            "AlarmActions",
            "InsufficientDataActions",
            "MetricName",
            "Namespace",
            "Statistic",
            "ExtendedStatistic",
            "Dimensions",
            "Period",
            "Unit",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "Threshold",
            "ComparisonOperator",
            "TreatMissingData",
            "EvaluateLowSampleCountPercentile",
            "Metrics",
            "ThresholdMetricId");

    private final World world;
    private final Listener listener;
    private final MetricData metrics;
    private final Map<AccountRegion, NavigableMap<String, ObjectNode>> alarms = new HashMap<>();

    /**
     * Without alarms yet.
     *
     * @param listener hears of every alarm that goes into ALARM
     * @param measured what machines tell of themselves
     */
    public Alarms(World world, Listener listener, Measured measured) {
        this.world = world;
        this.listener = listener;
        this.metrics = new MetricData(world, measured);
    }

    @Override
    public String name() {
        return "monitoring";
    }

    @Override
    public Map<String, Operation> operations() {
        Map<String, Operation> operations = new HashMap<>(Map.of(
                "PutMetricAlarm", this::put,
                "DescribeAlarms", this::describe,
                "SetAlarmState", this::setState,
                "DeleteAlarms", this::delete,
                "EnableAlarmActions", call -> enable(call, true),
                "DisableAlarmActions", call -> enable(call, false)));
        metrics.addTo(operations);
        return operations;
    }

    private NavigableMap<String, ObjectNode> at(ServiceCall call) {
        return alarms.computeIfAbsent(call.caller().at(), place -> new TreeMap<>());
    }

    /** A new alarm has INSUFFICIENT_DATA; one that is put again keeps its state. */
    private ObjectNode put(ServiceCall call) {
        ObjectNode input = call.input();
        String name = input.path("AlarmName").asText();
        if (input.has("MetricName") == input.has("Metrics")) {
            throw AwsError.client(
                    "ValidationError", "Exactly one of MetricName and Metrics must be given for alarm " + name + ".");
        }
        ObjectNode alarm = object();
        alarm.put("ActionsEnabled", true);
        ECHOED.stream()
                .filter(input::has)
                .forEach(member -> alarm.set(member, input.get(member).deepCopy()));
        AccountRegion at = call.caller().at();
        alarm.put("AlarmArn", at.arn("cloudwatch", "alarm:" + name));
        String now = world.time().now().toString();
        alarm.put("AlarmConfigurationUpdatedTimestamp", now);
        Optional<ObjectNode> before = Optional.ofNullable(at(call).get(name));
        alarm.put(
                "StateValue",
                before.map(known -> known.path("StateValue").asText()).orElse("INSUFFICIENT_DATA"));
        alarm.put(
                "StateReason",
                before.map(known -> known.path("StateReason").asText()).orElse("Unchecked: Initial alarm creation"));
        alarm.put(
                "StateUpdatedTimestamp",
                before.map(known -> known.path("StateUpdatedTimestamp").asText())
                        .orElse(now));
        at(call).put(name, alarm);
        world.events().append(at, name, "alarm put");
        return object();
    }

    private ObjectNode setState(ServiceCall call) {
        String name = call.input().path("AlarmName").asText();
        ObjectNode alarm = at(call).get(name);
        if (alarm == null) {
            throw new AwsError("ResourceNotFound", 404, "Unknown alarm " + name + ".");
        }
        String state = call.input().path("StateValue").asText();
        boolean changes = !alarm.path("StateValue").asText().equals(state);
        alarm.put("StateValue", state);
        alarm.put("StateReason", call.input().path("StateReason").asText());
        Optional.ofNullable(call.input().get("StateReasonData")).ifPresent(data -> alarm.set("StateReasonData", data));
        alarm.put("StateUpdatedTimestamp", world.time().now().toString());
        world.events().append(call.caller().at(), name, "alarm state " + state);
        if (changes && state.equals("ALARM")) {
            listener.alarmed(call.caller().at(), name);
        }
        return object();
    }

    private ObjectNode describe(ServiceCall call) {
        ObjectNode input = call.input();
        List<String> names = texts(input, "AlarmNames");
        if (names.size() > MOST_NAMES) {
            throw AwsError.client("ValidationError", "AlarmNames must not hold more than 100 names.");
        }
        boolean metric = !input.has("AlarmTypes") || texts(input, "AlarmTypes").contains("MetricAlarm");
        List<ObjectNode> found = new ArrayList<>();
        if (metric) {
            at(call).values().stream()
                    .filter(alarm -> matches(alarm, input, names))
                    .forEach(found::add);
        }
        int limit = Math.min(input.path("MaxRecords").asInt(DEFAULT_PAGE), LONGEST_PAGE);
        Pages.Page<ObjectNode> page = Pages.page(
                "DescribeAlarms",
                found,
                alarm -> alarm.path("AlarmName").asText(),
                Optional.ofNullable(input.get("NextToken")).map(JsonNode::asText),
                limit,
                () -> AwsError.client("InvalidNextToken", "The next token is not valid."));
        ObjectNode answer = object();
        ArrayNode rows = answer.putArray("MetricAlarms");
        page.items().forEach(alarm -> rows.add(alarm.deepCopy()));
        page.next().ifPresent(next -> answer.put("NextToken", next));
        return answer;
    }

    private static boolean matches(ObjectNode alarm, ObjectNode input, List<String> names) {
        String name = alarm.path("AlarmName").asText();
        return (names.isEmpty() || names.contains(name))
                && name.startsWith(input.path("AlarmNamePrefix").asText())
                && (!input.has("StateValue")
                        || input.path("StateValue")
                                .asText()
                                .equals(alarm.path("StateValue").asText()));
    }

    private ObjectNode delete(ServiceCall call) {
        for (String name : texts(call.input(), "AlarmNames")) {
            if (at(call).remove(name) != null) {
                world.events().append(call.caller().at(), name, "alarm deleted");
            }
        }
        return object();
    }

    private ObjectNode enable(ServiceCall call, boolean enabled) {
        for (String name : texts(call.input(), "AlarmNames")) {
            Optional.ofNullable(at(call).get(name)).ifPresent(alarm -> {
                alarm.put("ActionsEnabled", enabled);
                world.events().append(call.caller().at(), name, "alarm actions " + (enabled ? "enabled" : "disabled"));
            });
        }
        return object();
    }

    /** Whether an alarm is in ALARM now. */
    public boolean isInAlarm(AccountRegion at, String name) {
        return Optional.ofNullable(alarms.get(at))
                .map(here -> here.get(name))
                .filter(alarm -> alarm.path("StateValue").asText().equals("ALARM"))
                .isPresent();
    }

    private static List<String> texts(ObjectNode input, String member) {
        List<String> texts = new ArrayList<>();
        input.path(member).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Hears of alarms. */
    @FunctionalInterface
    public interface Listener {
        /** An alarm went into ALARM. */
        void alarmed(AccountRegion at, String name);
    }
}
