package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups.DesiredCapacity;
import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.model.AutoScalingGroupName;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A bug put into the product from outside, to prove that the worlds find it. */
@SuppressWarnings("ImmutableEnumChecker") // Its functions keep nothing.
enum Plant {
    /** The product as it is. */
    NOTHING,

    /** What is temporary is forgotten and so never undone. */
    SKIP_RESTORE {
        @Override
        void edit(ObjectNode work) {
            ObjectNode temporary = (ObjectNode) work.path("state").path("temporary");
            temporary.remove("max");
            temporary.set("suspended", temporary.arrayNode());
            temporary.put("tagged", false);
        }
    },

    /** As many as there are may go at once. */
    IGNORE_FLOOR {
        @Override
        void edit(ObjectNode work) {
            ((ObjectNode) work.path("plan")).put("floor", 0).put("batch", 50);
        }
    },

    /** The intent is written down after the calls. */
    ACT_BEFORE_SAVE {
        @Override
        boolean savesIntents() {
            return false;
        }
    },

    /** What was announced is forgotten when the tick ends. */
    FORGET_PENDING {
        @Override
        void edit(ObjectNode work) {
            ObjectNode state = (ObjectNode) work.path("state");
            state.remove("pending");
            state.set("terminated", state.arrayNode());
        }
    },

    /** The group is called done when its replacements have begun. */
    DONE_EARLY {
        @Override
        void edit(ObjectNode work) {
            if (work.path("phase").asText().equals("REFRESHING")
                    && work.path("state").has("batchSince")) {
                work.put("phase", "NAMING");
            }
        }
    },

    /** A group that failed is called refreshed. */
    GREEN_OVER_FAILURE {
        @Override
        GroupResult row(GroupResult row) {
            return row.outcome() == GroupOutcome.FAILED ? Planted.asRefreshed(row) : row;
        }
    },

    /** Terminating an instance that is too many leaves desired capacity as it is. */
    RETIRE_WITHOUT_DECREMENT {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new DressedGroups(groups) {
                @Override
                public void terminate(InstanceId instance, DesiredCapacity capacity) {
                    super.terminate(instance, DesiredCapacity.KEEP);
                }
            };
        }
    },

    /** A termination without an answer is sent again at once. */
    REPEAT_UNKNOWN {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new DressedGroups(groups) {
                @Override
                public void terminate(InstanceId instance, DesiredCapacity capacity) {
                    try {
                        super.terminate(instance, capacity);
                    } catch (CloudException e) {
                        if (!e.isOutcomeUnknown()) {
                            throw e;
                        }
                        super.terminate(instance, capacity);
                    }
                }
            };
        }
    },

    /** At the end desired capacity is set to what it was before, whatever others have set. */
    RESTORE_OVER_OTHERS {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new RestoringGroups(groups, "size=[0-9]+:([0-9]+):", groups::setDesiredCapacity);
        }
    },

    /** Who resumes a process resumes all. */
    RESUME_ALL {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new DressedGroups(groups) {
                @Override
                public void resume(AutoScalingGroupName group, Set<ScalingProcess> processes) {
                    Set<ScalingProcess> all = EnumSet.allOf(ScalingProcess.class);
                    all.remove(ScalingProcess.UNRECOGNISED);
                    super.resume(group, all);
                }
            };
        }
    },

    /** Every target is taken for healthy. */
    IGNORE_TARGET_HEALTH {
        @Override
        TargetGroups targets(TargetGroups targets) {
            return new DressedTargets(targets) {
                @Override
                public Map<InstanceId, TargetState> health(TargetGroupArn targetGroup) {
                    Map<InstanceId, TargetState> healths = new TreeMap<>(super.health(targetGroup));
                    healths.replaceAll((id, health) -> TargetState.HEALTHY);
                    return healths;
                }
            };
        }
    },

    /** AWS's own refresh is trusted with groups of which AWS looks at the machines only. */
    TRUST_EC2_CHECKS(Kind.EC2_CHECKS) {
        @Override
        String read(String operation, String body) {
            return body.replace("<HealthCheckType>EC2<", "<HealthCheckType>ELB<")
                    .replace("<HealthCheckGracePeriod>0<", "<HealthCheckGracePeriod>300<");
        }
    },

    /** A group without a grace period is taken for one with a long one. */
    OVERLOOK_NO_GRACE(
            Kind.NO_GRACE,
            (operation, body) -> body.replace("<HealthCheckGracePeriod>0<", "<HealthCheckGracePeriod>1800<")),

    /** An instance counts as soon as it is in service. */
    FORGET_WARMUP(Kind.SLOW_APPLICATION) {
        @Override
        void edit(ObjectNode work) {
            ((ObjectNode) work.path("plan")).put("warmup", "PT0S");
        }
    },

    /** Targets that get no requests yet are taken for healthy. */
    TAKE_INITIAL_FOR_HEALTHY(
            Kind.SLOW_START,
            (operation, body) -> operation.equals("DescribeTargetHealth")
                    ? body.replace("<State>initial<", "<State>healthy<")
                    : body),

    /** Nobody asks for lifecycle hooks. */
    OVERLOOK_HOOKS(
            Kind.LONG_HOOK,
            (operation, body) ->
                    operation.equals("DescribeLifecycleHooks") ? Misreading.without(body, "LifecycleHooks") : body),

    /** Nobody asks how long instances may drain. */
    OVERLOOK_DRAINING(
            Kind.LONG_DRAIN,
            (operation, body) -> operation.equals("DescribeTargetGroupAttributes")
                    ? body.replace(">3600<", ">0<")
                    : OVERLOOK_HOOKS.read(operation, body)),

    /** A launch that a hook gave up looks like one that worked. */
    OVERLOOK_ABANDONED(
            Kind.ABANDONED_HOOK,
            (operation, body) ->
                    operation.equals("DescribeScalingActivities") ? body.replace(">Cancelled<", ">Successful<") : body),

    /** Only the first target group of a group is looked at. */
    ONE_TARGET_GROUP(
            Kind.SEVERAL_TARGET_GROUPS,
            (operation, body) ->
                    operation.equals("DescribeAutoScalingGroups") ? Misreading.firstTargetGroup(body) : body),

    /** Nobody sees what is suspended. */
    OVERLOOK_SUSPENDED(
            Kind.SUSPENDED,
            (operation, body) -> operation.equals("DescribeAutoScalingGroups")
                    ? Misreading.without(body, "SuspendedProcesses")
                    : body),

    /** The rows of another region are lost. */
    LOSE_ROWS_ELSEWHERE(Kind.SEVERAL_PLACES) {
        @Override
        boolean keeps(GroupResult row) {
            return row.group().region().value().equals(WorldMaker.REGION);
        }
    },

    /** What was announced is taken for done, so an old answer that does not show it is believed. */
    BELIEVE_OLD_ANSWERS(Kind.STALE_READS) {
        @Override
        void edit(ObjectNode work) {
            FORGET_PENDING.edit(work);
        }
    },

    /** Every reservation has room. */
    ENDLESS_RESERVATIONS(
            Kind.RESERVATIONS,
            (operation, body) -> body.replaceAll("<availableInstanceCount>[0-9]+<", "<availableInstanceCount>100<")),

    /** A launch that failed is seen, and not the one that another zone made good. */
    OVERLOOK_MADE_GOOD(Kind.FULL_ZONE, (operation, body) -> switch (operation) {
        case "DescribeAutoScalingGroups" -> Misreading.withoutPending(body);
        case "DescribeScalingActivities" -> body.replace("Launching a new EC2 instance: i-", "Attaching i-");
        default -> body;
    }),

    /** What another controller holds is not seen. */
    OVERLOOK_LEASES(Kind.TWO_CONTROLLERS),

    /** An override's own template is not seen. */
    OVERLOOK_OVERRIDE_TEMPLATE(
            Kind.OVERRIDE_TEMPLATE,
            (operation, body) -> operation.equals("DescribeAutoScalingGroups")
                    ? Misreading.withoutInOverrides(body, "LaunchTemplateSpecification")
                    : body),

    /** An override's own image is not seen, nor what its instances run. */
    OVERLOOK_OVERRIDE_IMAGE(Kind.OVERRIDE_IMAGE, (operation, body) -> Misreading.withoutInOverrides(body, "ImageId")
            .replaceAll("<imageId>(ami-[ab]0+[1-9]?)1<", "<imageId>$12<")),

    /** What a group launches is never changed. */
    NAME_NOTHING(Kind.ZERO) {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new DressedGroups(groups) {
                @Override
                public void setLaunchSource(AutoScalingGroupName group, LaunchSource source) {}
            };
        }
    },

    /** At the end the minimum is set to what it was before, whatever a schedule has set. */
    RESTORE_OVER_SCHEDULE(Kind.SCHEDULE) {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new RestoringGroups(groups, "size=([0-9]+):[0-9]+:", groups::setMinSize);
        }
    },

    /** That a group is being deleted is not seen. */
    OVERLOOK_DELETION(Kind.BEING_DELETED, (operation, body) -> body.replace("<Status>Delete in progress</Status>", "")),

    /** Whether images and versions exist is asked once. */
    LOOK_ONCE(Kind.VANISHING) {
        @Override
        boolean looksOnce(String operation) {
            return operation.equals("DescribeImages") || operation.equals("DescribeLaunchTemplateVersions");
        }
    },

    /** What a template's default is, is asked once. */
    LOOK_ONCE_AT_DEFAULTS(Kind.MOVED_DEFAULT) {
        @Override
        boolean looksOnce(String operation) {
            return operation.startsWith("DescribeLaunchTemplate");
        }
    },

    /** Nobody counts a group's tags, and those for which there is no room are given up in silence. */
    SWALLOW_TAGS(Kind.TAG_LIMIT, (operation, body) -> Misreading.withoutTags(body, "team:")) {
        @Override
        AutoScalingGroups groups(AutoScalingGroups groups) {
            return new DressedGroups(groups) {
                @Override
                public void putTags(AutoScalingGroupName group, Map<String, String> tags) {
                    try {
                        super.putTags(group, tags);
                    } catch (CloudException e) {
                        // The bug.
                    }
                }
            };
        }
    };

    private final @Nullable Kind kind;
    private final BinaryOperator<String> reading;

    Plant() {
        this(null);
    }

    Plant(@Nullable Kind kind) {
        this(kind, (operation, body) -> body);
    }

    /**
     * @param kind of world that it is planted for; null when any may find it
     * @param reading what is read in AWS's answer to an operation
     */
    Plant(@Nullable Kind kind, BinaryOperator<String> reading) {
        this.kind = kind;
        this.reading = reading;
    }

    /** Whether worlds can find it yet. */
    boolean isToBeFound() {
        return this != NOTHING && (kind == null || !Waiting.KINDS.contains(kind));
    }

    /** Whether a world of this nature may find it. */
    boolean isFor(World.Nature nature) {
        return kind == null || nature.has(kind);
    }

    /** The plant that {@code -Dfault.plant} names, for example {@code skip-restore}. */
    static Plant chosen() {
        return valueOf(System.getProperty("fault.plant", "nothing")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_'));
    }

    /** Rewrites a group's document when a tick has ended. */
    void edit(ObjectNode work) {}

    /** Whether what a tick saves before it acts is saved. */
    boolean savesIntents() {
        return true;
    }

    GroupResult row(GroupResult row) {
        return row;
    }

    /** Whether a row comes into the run's record. */
    boolean keeps(GroupResult row) {
        return true;
    }

    /** What is read in AWS's answer. */
    String read(String operation, String body) {
        return reading.apply(operation, body);
    }

    /** Whether the first answer stands for all later ones. */
    boolean looksOnce(String operation) {
        return false;
    }

    AutoScalingGroups groups(AutoScalingGroups groups) {
        return groups;
    }

    TargetGroups targets(TargetGroups targets) {
        return targets;
    }
}
