package io.jenkins.plugins.amirefresh.step.recycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.journal.PlannedGroup;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The plan that a dry run leaves in the run's record, and a later step of the build keeps to: {@code plan: 'run'}. */
final class SavedPlan {

    private static final String OF_THE_RUN = "run";
    private static final int SCHEMA_VERSION = 1;
    private static final int HASH_LETTERS = 12;

    private final String hash;
    private final Map<GroupKey, PlannedGroup> groups;

    private SavedPlan(String hash, Map<GroupKey, PlannedGroup> groups) {
        this.hash = hash;
        this.groups = groups;
    }

    /**
     * The plan that the step was told to keep to; empty when it was told none.
     *
     * @throws ParameterException when this build made no such plan
     */
    static Optional<SavedPlan> of(StepHost host, RecycleSettings settings) {
        String wanted = settings.parameters().text(RecycleAsgs.PLAN).orElse("");
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<JournalFact.PlanMade> made = host.journal().history().facts(JournalFact.PlanMade.class);
        JournalFact.PlanMade plan = made.stream()
                .filter(one -> wanted.equals(OF_THE_RUN) || wanted.equals(one.hash()))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> ParameterException.of(
                        RecycleAsgs.PLAN,
                        wanted,
                        made.isEmpty()
                                ? "a plan of this build, which has none: recycleAsgs dryRun: true makes one"
                                : "'run' for the last plan of this build, or one of "
                                        + made.stream()
                                                .map(JournalFact.PlanMade::hash)
                                                .collect(Collectors.joining(", "))));
        return Optional.of(new SavedPlan(plan.hash(), byGroup(host, plan.step())));
    }

    private static Map<GroupKey, PlannedGroup> byGroup(StepHost host, String step) {
        Map<GroupKey, PlannedGroup> groups = new LinkedHashMap<>();
        host.journal().history().facts(JournalFact.GroupPlanned.class).stream()
                .filter(fact -> fact.step().equals(step))
                .forEach(fact -> groups.put(fact.planned().group(), fact.planned()));
        return groups;
    }

    /** Why a group may not be refreshed as it is now, empty when that is what was planned. */
    Optional<String> objection(PlannedGroup now) {
        PlannedGroup planned = groups.get(now.group());
        if (planned == null) {
            return Optional.of("it is not in the plan " + hash + "; plan again, or refresh it without plan");
        }
        List<String> changes = planned.changesTo(now);
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of("changed since the plan " + hash + ": "
                        + String.join("; ", changes)
                        + (planned.isToBeRefreshed() ? "" : " (" + planned.reason() + ")")
                        + "; plan again");
    }

    /** Groups that were to be refreshed and that the step is not about. */
    List<PlannedGroup> without(List<Candidate> candidates) {
        List<GroupKey> known = candidates.stream().map(Candidate::group).toList();
        return groups.values().stream()
                .filter(PlannedGroup::isToBeRefreshed)
                .filter(one -> !known.contains(one.group()))
                .toList();
    }

    String hash() {
        return hash;
    }

    /** Writes down what a dry run would do with a group. */
    static void add(StepHost host, PlannedGroup planned) {
        String step = host.run().stepId();
        host.journal()
                .append(new JournalEvent(
                        step + ":" + planned.group() + ":planned",
                        host.clock().instant(),
                        RecycleAsgs.NAME,
                        new JournalFact.GroupPlanned(step, planned)));
    }

    /** The end of a dry run: the plan's hash, {@code plan.json} beside the build, and how to keep to it. */
    static void finish(StepHost host) {
        String step = host.run().stepId();
        List<PlannedGroup> groups = new ArrayList<>(byGroup(host, step).values());
        groups.sort(Comparator.comparing(PlannedGroup::group));
        String hash = hash(groups);
        host.journal()
                .append(new JournalEvent(
                        step + ":plan-made",
                        host.clock().instant(),
                        RecycleAsgs.NAME,
                        new JournalFact.PlanMade(step, hash)));
        host.keep("plan.json", json(hash, groups));
        long toRefresh = groups.stream().filter(PlannedGroup::isToBeRefreshed).count();
        host.log(RecycleAsgs.NAME + ": plan " + hash + ": " + toRefresh + " of " + groups.size()
                + " groups to be refreshed; recycleAsgs plan: '" + hash + "' in this build does just that");
    }

    private static String hash(List<PlannedGroup> groups) {
        String text = groups.stream().map(PlannedGroup::line).collect(Collectors.joining("\n"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LETTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String json(String hash, List<PlannedGroup> groups) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("schemaVersion", SCHEMA_VERSION);
        plan.put("hash", hash);
        plan.put("groups", groups.stream().map(SavedPlan::entry).toList());
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing plan " + hash, e);
        }
    }

    private static Map<String, Object> entry(PlannedGroup group) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("account", group.group().account().value());
        entry.put("region", group.group().region().value());
        entry.put("autoScalingGroupName", group.group().name().value());
        entry.put("environment", group.environment());
        entry.put("family", group.family());
        entry.put("wave", group.wave());
        entry.put("decision", group.decision());
        entry.put("strategy", group.strategy());
        entry.put("fromVersion", group.fromVersion());
        entry.put("toVersion", group.toVersion());
        entry.put("min", group.min());
        entry.put("max", group.max());
        entry.put("batch", group.batch());
        entry.put("floor", group.floor());
        entry.put("windows", group.windows());
        entry.put(
                "windowStart",
                group.windowStart() == null ? "" : group.windowStart().toString());
        entry.put("estimateSeconds", group.estimateSeconds());
        entry.put("estimateBasis", group.estimateBasis() == null ? "" : group.estimateBasis());
        if (group.fits() != null) {
            entry.put("fits", group.fits());
        }
        entry.put("reason", group.reason());
        return entry;
    }
}
