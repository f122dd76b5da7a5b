package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Target groups that do what others do, until somebody overrides a part. */
class DressedTargets implements TargetGroups {

    private final TargetGroups targets;

    DressedTargets(TargetGroups targets) {
        this.targets = targets;
    }

    @Override
    public Map<InstanceId, TargetState> health(TargetGroupArn targetGroup) {
        return targets.health(targetGroup);
    }

    @Override
    public Duration checkTime(TargetGroupArn targetGroup) {
        return targets.checkTime(targetGroup);
    }

    @Override
    public Duration deregistrationDelay(TargetGroupArn targetGroup) {
        return targets.deregistrationDelay(targetGroup);
    }

    @Override
    public List<TargetGroup> describe(Collection<TargetGroupArn> targetGroups) {
        return targets.describe(targetGroups);
    }
}
