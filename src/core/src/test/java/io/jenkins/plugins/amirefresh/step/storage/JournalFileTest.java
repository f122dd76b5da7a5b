package io.jenkins.plugins.amirefresh.step.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.journal.GroupResult;
import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.journal.RefreshRecord;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.Capacity;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final GroupKey WEB = GroupKey.parse("111111111111/eu-west-1/prod/web");

    @TempDir
    private Path folder;

    @Test
    void whenReopened_thenEveryKindOfFactReadsBackEqual() {
        // given
        Path path = folder.resolve("journal.jsonl");
        List<JournalFact> facts = List.of(
                new JournalFact.AmiBuilt(
                        new ImageFamily("web"),
                        List.of(new JournalFact.RegionalAmi(
                                new AwsRegion("eu-west-1"), "x86_64", new AmiId("ami-0123456789abcdef0"))),
                        "key",
                        false),
                new JournalFact.RefreshStarted(new RefreshRecord(
                        "run-1",
                        WEB,
                        new LaunchTemplateId("lt-0123456789abcdef0"),
                        new LaunchTemplateVersion(3),
                        new LaunchTemplateVersion(4),
                        new VersionReference.Latest(),
                        new LaunchTemplateVersion(3),
                        new Capacity(1, 2, 3))),
                new JournalFact.GroupPinned(
                        WEB, new VersionReference.Default(), new LaunchTemplateVersion(3), Map.of(), null),
                new JournalFact.GroupEnded(new GroupResult(
                        WEB, "prod", "web", "out-in", GroupOutcome.ROLLED_BACK, "why", 3, 4, NOON, null, NOON, 2)),
                new JournalFact.Note("web", "waited"));
        JournalFile journal = JournalFile.open(path);

        // when
        facts.forEach(
                fact -> journal.append(new JournalEvent("key-" + facts.indexOf(fact), NOON, "recycleAsgs", fact)));

        // then
        assertThat(JournalFile.open(path).events())
                .extracting(JournalEvent::fact)
                .isEqualTo(facts);
    }

    @Test
    void whenAnEventIsAppendedAgainAfterACrash_thenItIsKeptOnce() {
        // given
        Path path = folder.resolve("journal.jsonl");
        JournalEvent event = new JournalEvent("once", NOON, "recycleAsgs", new JournalFact.Note("web", "waited"));
        JournalFile.open(path).append(event);

        // when
        JournalFile.open(path).append(event);

        // then
        assertThat(JournalFile.open(path).events()).containsExactly(event);
    }
}
