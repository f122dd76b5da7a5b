package io.jenkins.plugins.amirefresh.faultruns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.cloud.AutoScalingGroups;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.cloud.TargetGroups;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.Journal;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.scenario.DressedHost;
import io.jenkins.plugins.amirefresh.scenario.Scenario;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepOperation;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.StopReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Puts a bug between the product and its host, and into the states that it leaves. */
final class Planted {

    private final Plant plant;
    private boolean isInTick;

    Planted(Plant plant) {
        this.plant = plant;
    }

    StepHost host(StepHost host) {
        if (plant == Plant.NOTHING) {
            return host;
        }
        return new DressedHost(host) {
            @Override
            public Cloud cloud(AccountAccess access, AwsRegion region) {
                return new DressedCloud(super.cloud(access, region)) {
                    @Override
                    public AutoScalingGroups autoScalingGroups() {
                        return plant.groups(super.autoScalingGroups());
                    }

                    @Override
                    public TargetGroups targetGroups() {
                        return plant.targets(super.targetGroups());
                    }
                };
            }

            @Override
            public Journal journal() {
                return rewriting(super.journal());
            }

            @Override
            public void save(StepState state) {
                if (!isInTick || plant.savesIntents()) {
                    super.save(state);
                }
            }
        };
    }

    /** What AWS answers is misread, if that is the bug. */
    Scenario scenario(Scenario scenario) {
        if (plant == Plant.NOTHING) {
            return scenario;
        }
        var memory = new Misreading();
        return scenario.misreadBy((call, body) -> {
            String seen =
                    plant.looksOnce(call.operation()) ? memory.first(call.operation() + call.parameters(), body) : body;
            // The lease of another controller is not one's own.
            return plant == Plant.OVERLOOK_LEASES
                    ? Misreading.withoutTags(seen, "ami-refresh:lease:(?!" + scenario.controller() + ")")
                    : plant.read(call.operation(), seen);
        });
    }

    private Journal rewriting(Journal journal) {
        return new Journal() {
            @Override
            public void append(JournalEvent event) {
                if (event.fact() instanceof JournalFact.GroupEnded lost && !plant.keeps(lost.result())) {
                    return;
                }
                JournalFact fact = event.fact() instanceof JournalFact.GroupEnded ended
                        ? new JournalFact.GroupEnded(plant.row(ended.result()))
                        : event.fact();
                journal.append(new JournalEvent(event.key(), event.at(), event.step(), fact));
            }

            @Override
            public List<JournalEvent> events() {
                return journal.events();
            }
        };
    }

    /** The same row in green. */
    static GroupResult asRefreshed(GroupResult row) {
        return new GroupResult(
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

    StepOperation operation(StepOperation operation) {
        if (plant == Plant.NOTHING) {
            return operation;
        }
        return new StepOperation() {
            @Override
            public Progress advance(StepState state, StepHost host) {
                return edited(() -> operation.advance(state, host));
            }

            @Override
            public Progress stop(StepState state, StopReason reason, StepHost host) {
                return edited(() -> operation.stop(state, reason, host));
            }

            @Override
            public String describe(StepState state) {
                return operation.describe(state);
            }
        };
    }

    private Progress edited(Supplier<Progress> tick) {
        isInTick = true;
        try {
            Progress progress = tick.get();
            return progress instanceof Progress.Again again
                    ? new Progress.Again(edited(again.state()), again.after())
                    : progress;
        } finally {
            isInTick = false;
        }
    }

    private StepState edited(StepState state) {
        Map<String, String> documents = new LinkedHashMap<>();
        state.documents().forEach((key, json) -> {
            if (key.startsWith("group:")) {
                documents.put(key, edited(json));
            }
        });
        return state.withAll(documents);
    }

    private String edited(String json) {
        try {
            ObjectNode work = (ObjectNode) Json.mapper().readTree(json);
            if (!work.has("result")) {
                plant.edit(work);
            }
            return Json.mapper().writeValueAsString(work);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(json, e);
        }
    }
}
