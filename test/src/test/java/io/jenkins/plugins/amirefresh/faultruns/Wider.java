package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.truth.Truth;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A move that is about more than the group itself: what is in front of it, what it launches from, what is to come. */
final class Wider {

    private final Move move;
    private final Truth truth;
    private final Truth.Group target;
    private final Function<Move.Request, ObjectNode> ask;

    /** @param ask what AWS answers a call of theirs that only reads */
    Wider(Move move, Truth truth, Truth.Group target, Function<Move.Request, ObjectNode> ask) {
        this.move = move;
        this.truth = truth;
        this.target = target;
        this.ask = ask;
    }

    /** Their call, empty when the move is of another sort or there is nothing to do it to. */
    Optional<Move.Request> request() {
        return switch (move.kind()) {
            case SLOW_START -> slowStart();
            case SCHEDULE_ZERO -> schedule(0);
            case SCHEDULE_BACK -> schedule(Math.max(1, target.desired()));
            case DEREGISTER_OLD -> deregister("old");
            case DEREGISTER_NEW -> deregister("new");
            case DELETE_VERSION -> deleteVersion();
            case DELETE_TEMPLATE -> ec2("DeleteLaunchTemplate", named());
            case MOVE_DEFAULT -> moveDefault();
            case NEW_VERSION -> newVersion();
            default -> Optional.empty();
        };
    }

    private static ObjectNode input() {
        return JsonNodeFactory.instance.objectNode();
    }

    private Optional<Move.Request> ec2(String operation, ObjectNode input) {
        return target.next().template().isEmpty()
                ? Optional.empty()
                : Optional.of(new Move.Request("ec2", operation, input));
    }

    private ObjectNode named() {
        return input().put("LaunchTemplateName", target.next().template());
    }

    private Optional<Move.Request> slowStart() {
        ObjectNode which = input();
        which.putArray("Names").add(target.name());
        String arn = ask.apply(new Move.Request("elasticloadbalancingv2", "DescribeTargetGroups", which))
                .path("TargetGroups")
                .path(0)
                .path("TargetGroupArn")
                .asText();
        ObjectNode input = input().put("TargetGroupArn", arn);
        input.putArray("Attributes")
                .addObject()
                .put("Key", "slow_start.duration_seconds")
                .put("Value", Integer.toString(30 * move.amount()));
        return Optional.of(new Move.Request("elasticloadbalancingv2", "ModifyTargetGroupAttributes", input));
    }

    /** Minimum and desired capacity, a number of minutes after the start. */
    private Optional<Move.Request> schedule(int desired) {
        ObjectNode input = input().put("AutoScalingGroupName", target.name())
                .put("ScheduledActionName", "to-" + desired)
                .put("MinSize", Math.min(desired, target.min()))
                .put("DesiredCapacity", Math.min(desired, target.max()))
                .put(
                        "StartTime",
                        WorldMaker.START.plus(Duration.ofMinutes(move.amount())).toString());
        return Optional.of(new Move.Request("autoscaling", "PutScheduledUpdateGroupAction", input));
    }

    private Optional<Move.Request> deregister(String age) {
        String name = target.next().template().replace("fixed", "web") + "-" + age;
        return Optional.ofNullable(truth.images().get(target.place() + "/" + name))
                .flatMap(id -> ec2("DeregisterImage", input().put("ImageId", id)));
    }

    private Optional<Move.Request> deleteVersion() {
        ObjectNode input = named();
        input.putArray("Versions").add("1");
        return ec2("DeleteLaunchTemplateVersions", input);
    }

    private Optional<Move.Request> newVersion() {
        ObjectNode input = named().put("SourceVersion", "1").put("VersionDescription", "by hand");
        input.putObject("LaunchTemplateData").put("InstanceType", GroupMaker.TYPE);
        return ec2("CreateLaunchTemplateVersion", input);
    }

    private Optional<Move.Request> moveDefault() {
        long now = truth.template(target).map(Truth.Template::standard).orElse(1L);
        return ec2("ModifyLaunchTemplate", named().put("DefaultVersion", now == 1 ? "2" : "1"));
    }
}
