package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.events.Audience;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.slack.AutorecycleTexts;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.slack.SlackNotices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the channel in a group's own tag, in the words of aws-autorecycle, each once: what was told is in the state. */
final class EventNotices {

    private static final String PREFIX = "told by event:";

    private final StepHost host;

    EventNotices(StepHost host) {
        this.host = host;
    }

    private record Post(String key, String channel, SlackNotice notice) {}

    StepState tell(StepState state) {
        StepState told = state;
        for (Post post : posts(state)) {
            boolean isOpen = state.document(post.key()).isEmpty();
            SlackNotices slack = SlackNotices.of(host, Optional.of(post.channel()));
            if (isOpen && slack.post(host.run().stepId() + ":" + post.key(), post.notice())) {
                told = told.with(post.key(), "true");
            }
        }
        return told;
    }

    boolean isDone(StepState state) {
        return posts(state).stream().allMatch(post -> state.document(post.key()).isPresent());
    }

    private static List<Post> posts(StepState state) {
        List<Post> posts = new ArrayList<>();
        Map<?, Verdict> verdicts = EventState.verdicts(state);
        for (GroupWork work : FleetWork.works(state)) {
            Verdict verdict = verdicts.get(work.group());
            Audience audience = verdict == null ? Audience.NONE : verdict.audience();
            if (audience.channel().isEmpty()) {
                continue;
            }
            AutorecycleTexts texts = new AutorecycleTexts(
                    audience.component(),
                    audience.team(),
                    work.plan().strategy().text());
            posts.add(new Post(PREFIX + "start:" + work.group(), audience.channel(), texts.initiated()));
            GroupResult result = work.result();
            if (result != null) {
                ended(texts, result)
                        .ifPresent(notice ->
                                posts.add(new Post(PREFIX + "end:" + work.group(), audience.channel(), notice)));
            }
        }
        return posts;
    }

    private static Optional<SlackNotice> ended(AutorecycleTexts texts, GroupResult result) {
        return switch (result.outcome()) {
            case REFRESHED -> Optional.of(texts.completed());
            case ROLLED_BACK, FAILED -> Optional.of(texts.failed(result.reason()));
            case PAUSED, UNFINISHED, SKIPPED, MISSED, HELD, REFUSED -> Optional.empty();
        };
    }
}
