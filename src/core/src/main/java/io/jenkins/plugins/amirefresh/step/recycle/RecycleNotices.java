package io.jenkins.plugins.amirefresh.step.recycle;

import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.slack.SlackTexts;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.slack.SlackNotices;
import io.jenkins.plugins.amirefresh.step.smoketest.SmokeTesting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells Slack that a group's refresh started, was rolled back or failed, each once: what was told is in the state. */
final class RecycleNotices {

    private static final String PREFIX = "told:";
    private static final String TOLD = "true";

    private final SlackNotices slack;
    private final String stepId;

    RecycleNotices(StepHost host, Optional<String> channel) {
        this.slack = SlackNotices.of(host, channel);
        this.stepId = host.run().stepId();
    }

    /** Posts what is not told yet; a post that has no answer yet is asked for again at the next call. */
    StepState tell(StepState state) {
        if (!slack.isOn()) {
            return state;
        }
        StepState told = state;
        for (Map.Entry<String, SlackNotice> notice : notices(state).entrySet()) {
            boolean isOpen = state.document(notice.getKey()).isEmpty();
            if (isOpen && slack.post(stepId + ":" + notice.getKey(), notice.getValue())) {
                told = told.with(notice.getKey(), TOLD);
            }
        }
        return told;
    }

    /** Nothing is left to be told. */
    boolean isDone(StepState state) {
        return !slack.isOn()
                || notices(state).keySet().stream()
                        .allMatch(key -> state.document(key).isPresent());
    }

    private static Map<String, SlackNotice> notices(StepState state) {
        Map<String, SlackNotice> notices = new LinkedHashMap<>();
        for (GroupWork work : FleetWork.works(state)) {
            String name = work.group().name().value();
            notices.put(PREFIX + "start:" + work.group(), SlackTexts.starting(name));
            GroupResult result = work.result();
            if (result != null && !SmokeTesting.hasSentBack(state, work.group())) {
                ended(name, result).ifPresent(notice -> notices.put(PREFIX + "end:" + work.group(), notice));
            }
        }
        return notices;
    }

    private static Optional<SlackNotice> ended(String name, GroupResult result) {
        return switch (result.outcome()) {
            case ROLLED_BACK -> Optional.of(SlackTexts.rolledBack(name, result.reason()));
            case FAILED -> Optional.of(SlackTexts.failed(name, result.reason()));
            case REFRESHED, PAUSED, UNFINISHED, SKIPPED, MISSED, HELD, REFUSED -> Optional.empty();
        };
    }
}
