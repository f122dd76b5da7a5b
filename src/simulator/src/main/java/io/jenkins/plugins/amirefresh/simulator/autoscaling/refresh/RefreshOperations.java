package io.jenkins.plugins.amirefresh.simulator.autoscaling.refresh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Fields;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.Group;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.group.TemplateVersion;
import io.jenkins.plugins.amirefresh.simulator.autoscaling.scaling.Ground;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Operation;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations on instance refreshes. Source: EC2 Auto Scaling API Reference. */
public final class RefreshOperations {

    private static final int DEFAULT_PAGE = 50;
    private static final int LONGEST_PAGE = 100;

    private final Ground ground;
    private final RefreshEngine engine;
    private final Function<ServiceCall, Group> groupOf;

    /** @param groupOf the group that a call names, or AWS's refusal */
    public RefreshOperations(Ground ground, RefreshEngine engine, Function<ServiceCall, Group> groupOf) {
        this.ground = ground;
        this.engine = engine;
        this.groupOf = groupOf;
    }

    /** Adds them under AWS's names. */
    public void addTo(Map<String, Operation> operations) {
        operations.put("StartInstanceRefresh", this::start);
        operations.put("CancelInstanceRefresh", this::cancel);
        operations.put("RollbackInstanceRefresh", this::rollback);
        operations.put("DescribeInstanceRefreshes", this::describe);
    }

    private ObjectNode start(ServiceCall call) {
        Group group = groupOf.apply(call);
        if (engine.history().active(group).isPresent()) {
            throw AwsError.client(
                    "InstanceRefreshInProgress",
                    "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.");
        }
        String strategy = Fields.text(call.input(), "Strategy").orElse("Rolling");
        if (!strategy.equals("Rolling")) {
            throw Fields.invalid("The strategy " + strategy + " is not available for this Auto Scaling group.");
        }
        ObjectNode given = Fields.structure(call.input(), "Preferences").orElseGet(Fields::object);
        Preferences preferences = Preferences.of(given, group);
        @Nullable
        ObjectNode desired = Fields.structure(call.input(), "DesiredConfiguration")
                .filter(configuration -> !configuration.isEmpty())
                .map(configuration -> completed(group, configuration.deepCopy()))
                .orElse(null);
        if (preferences.autoRollback()) {
            irreversible(group, desired).ifPresent(why -> {
                throw Fields.invalid("AutoRollback cannot be enabled: " + why);
            });
        }
        String id = ground.world().ids().uuid();
        engine.start(
                group, new InstanceRefresh(id, group.name(), ground.now(), preferences, given.deepCopy(), desired));
        return Fields.object().put("InstanceRefreshId", id);
    }

    /** The template and version exist; like a group, the refresh shows the template's id and name. */
    private ObjectNode completed(Group group, ObjectNode desired) {
        if (desired.has("LaunchTemplate") && desired.has("MixedInstancesPolicy")) {
            throw Fields.invalid("DesiredConfiguration can hold either LaunchTemplate or MixedInstancesPolicy.");
        }
        ObjectNode template = Matching.template(desired);
        TemplateVersion version = ground.fleet().resolve(group.at(), template);
        template.put("LaunchTemplateId", version.id()).put("LaunchTemplateName", version.name());
        if (!template.has("Version")) {
            template.put("Version", "$Default");
        }
        return desired;
    }

    /** Why the group cannot go back, empty when it can. Source: API Reference, "RollbackInstanceRefresh". */
    private Optional<String> irreversible(Group group, @Nullable ObjectNode desired) {
        if (desired == null) {
            return Optional.of("there is no desired configuration specified for the instance refresh.");
        }
        ObjectNode template = Matching.template(group.settings());
        String version = template.path("Version").asText("$Default");
        if (version.startsWith("$")) {
            return Optional.of("the Auto Scaling group uses the launch template's " + version + " version.");
        }
        TemplateVersion resolved = ground.fleet().resolve(group.at(), template);
        String image = ground.fleet()
                .templateData(group.at(), resolved)
                .path("ImageId")
                .asText();
        return image.startsWith("resolve:ssm")
                ? Optional.of("the launch template uses a Systems Manager parameter instead of an AMI ID.")
                : Optional.empty();
    }

    private ObjectNode cancel(ServiceCall call) {
        Group group = groupOf.apply(call);
        InstanceRefresh refresh = active(group);
        boolean waits =
                Fields.flag(call.input(), "WaitForTransitioningInstances").orElse(true);
        if (refresh.status() != RefreshStatus.CANCELLING || !waits) {
            engine.cancel(group, refresh, waits);
        }
        return Fields.object().put("InstanceRefreshId", refresh.id());
    }

    private ObjectNode rollback(ServiceCall call) {
        Group group = groupOf.apply(call);
        InstanceRefresh refresh = active(group);
        boolean turnable = refresh.status() == RefreshStatus.PENDING
                || refresh.status() == RefreshStatus.IN_PROGRESS
                || refresh.status() == RefreshStatus.BAKING;
        if (!turnable) {
            throw none(group);
        }
        irreversible(group, refresh.desiredConfiguration().orElse(null)).ifPresent(why -> {
            throw AwsError.client("IrreversibleInstanceRefresh", "The instance refresh cannot be rolled back: " + why);
        });
        engine.rollBack(group, refresh, "Rollback initiated by user request.");
        return Fields.object().put("InstanceRefreshId", refresh.id());
    }

    private InstanceRefresh active(Group group) {
        return engine.history().active(group).orElseThrow(() -> none(group));
    }

    private static AwsError none(Group group) {
        return AwsError.client(
                "ActiveInstanceRefreshNotFound",
                "No in progress or pending Instance Refresh found for Auto Scaling group " + group.name());
    }

    private ObjectNode describe(ServiceCall call) {
        Group group = groupOf.apply(call);
        List<String> ids = Fields.list(call.input(), "InstanceRefreshIds");
        int limit = Fields.number(call.input(), "MaxRecords").orElse(DEFAULT_PAGE);
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw Fields.invalid("MaxRecords must be between 1 and " + LONGEST_PAGE + ".");
        }
        List<InstanceRefresh> found = engine.history().described(group, ground.now()).stream()
                .filter(refresh -> ids.isEmpty() || ids.contains(refresh.id()))
                .toList();
        int from = Fields.text(call.input(), "NextToken")
                .map(token -> 1 + position(found, token))
                .orElse(0);
        int to = Math.min(found.size(), from + limit);
        ObjectNode answer = Fields.object();
        ArrayNode rows = answer.putArray("InstanceRefreshes");
        found.subList(from, to).forEach(refresh -> rows.add(refresh.view()));
        if (to < found.size()) {
            answer.put("NextToken", found.get(to - 1).id());
        }
        return answer;
    }

    private static int position(List<InstanceRefresh> found, String token) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).id().equals(token)) {
                return i;
            }
        }
        throw AwsError.client("InvalidNextToken", "The next token is invalid.");
    }
}
