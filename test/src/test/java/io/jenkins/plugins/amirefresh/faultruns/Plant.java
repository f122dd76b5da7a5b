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
import io.jenkins.plugins.amirefresh.model.ScalingProcess;
import io.jenkins.plugins.amirefresh.model.TargetGroupArn;
import io.jenkins.plugins.amirefresh.model.TargetState;
import io.jenkins.plugins.amirefresh.refresh.RestoreTag;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bug put into the product from outside, to prove that the worlds find it. */
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
            return row.outcome() != GroupOutcome.FAILED
                    ? row
                    : new GroupResult(
                            row.group(),
                            row.environment(),
                            row.family(),
                            row.strategy(),
                            GroupOutcome.REFRESHED,
                            row.reason(),
                            row.fromVersion(),
                            row.toVersion(),
                            row.windowStart(),
                            row.startedAt(),
                            row.endedAt(),
                            row.floor());
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
            return new DressedGroups(groups) {
                @Override
                public void removeTags(AutoScalingGroupName group, Set<String> names) {
                    if (names.contains(RestoreTag.NAME)) {
                        super.named(List.of(group)).forEach(found -> {
                            Matcher sizes = RECORDED_SIZE.matcher(found.tag("ami-refresh:record"));
                            if (sizes.find()) {
                                super.setDesiredCapacity(group, Integer.parseInt(sizes.group(1)));
                            }
                        });
                    }
                    super.removeTags(group, names);
                }
            };
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
    };

    private static final Pattern RECORDED_SIZE = Pattern.compile("size=[0-9]+:([0-9]+):");

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

    AutoScalingGroups groups(AutoScalingGroups groups) {
        return groups;
    }

    TargetGroups targets(TargetGroups targets) {
        return targets;
    }
}
