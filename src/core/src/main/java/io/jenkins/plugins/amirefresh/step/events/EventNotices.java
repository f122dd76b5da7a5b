package io.jenkins.plugins.amirefresh.step.events;

import io.jenkins.plugins.amirefresh.events.Audience;
import io.jenkins.plugins.amirefresh.events.Verdict;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.slack.AutorecycleTexts;
import io.jenkins.plugins.amirefresh.slack.SlackNotice;
import io.jenkins.plugins.amirefresh.step.SlackPosts.Receipt;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fleet.FleetWork;
import io.jenkins.plugins.amirefresh.step.fleet.GroupWork;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent;
import io.jenkins.plugins.amirefresh.step.pagerduty.PagerDutyEvent.Action;
import io.jenkins.plugins.amirefresh.step.recycle.Recycling;
import io.jenkins.plugins.amirefresh.step.slack.SlackNotices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the channel in a group's own tag, in the words of aws-autorecycle, and PagerDuty where its tags ask for that; each once:
 * what was told is in the state.
 */
final class EventNotices {

    private static final String PREFIX = "told by event:";

    private final StepHost host;
    private final EventSettings settings;

    EventNotices(StepHost host, EventSettings settings) {
        this.host = host;
        this.settings = settings;
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
        for (Page page : pages(state)) {
            if (state.document(page.key()).isEmpty() && isSent(page)) {
                told = told.with(page.key(), "true");
            }
        }
        return told;
    }

    /** It is on its way, or never will be. */
    private boolean isSent(Page page) {
        Optional<Receipt> receipt = host.slack()
                .post(
                        host.run().id() + ":" + host.run().stepId() + ":" + page.key(),
                        page.event().message());
        receipt.ifPresent(answer -> {
            String what = page.event().action().word() + " of '" + page.event().summary() + "'";
            if (answer instanceof Receipt.Refused refused) {
                host.log("pagerduty: did not take the " + what + ": " + refused.reason());
            } else if (answer instanceof Receipt.Later later) {
                host.log("pagerduty: did not take the " + what + " yet, it is sent again: " + later.reason());
            } else {
                host.log("pagerduty: took the " + what);
            }
        });
        return receipt.isPresent();
    }

    private record Page(String key, PagerDutyEvent event) {}

    private List<Page> pages(StepState state) {
        if (settings.pagerDuty().isEmpty() || settings.isDryRun()) {
            return List.of();
        }
        List<Page> pages = new ArrayList<>();
        Map<?, Verdict> verdicts = EventState.verdicts(state);
        for (GroupResult result : Recycling.rows(state)) {
            Verdict verdict = verdicts.get(result.group());
            boolean isGood = result.outcome() == GroupOutcome.REFRESHED;
            if (verdict != null && verdict.audience().pages() && (isGood || EventRows.isBad(result))) {
                pages.add(new Page(PREFIX + "page:" + result.group(), event(result, verdict.audience(), isGood)));
            }
        }
        return pages;
    }

    private PagerDutyEvent event(GroupResult result, Audience audience, boolean isGood) {
        return new PagerDutyEvent(
                settings.pagerDuty().orElseThrow(),
                isGood ? Action.RESOLVE : Action.TRIGGER,
                "ami-refresh/" + result.group(),
                result.group().name() + ": " + result.outcome().text() + ": " + result.reason(),
                result.group().toString(),
                audience.component(),
                audience.team());
    }

    boolean isDone(StepState state) {
        return posts(state).stream().allMatch(post -> state.document(post.key()).isPresent())
                && pages(state).stream()
                        .allMatch(page -> state.document(page.key()).isPresent());
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
