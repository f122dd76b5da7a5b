package io.jenkins.plugins.amirefresh.step.launchtemplates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.model.LaunchSource;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.VersionReference;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepState;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAccount;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAmi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateLaunchTemplatesTest extends UpdateScenario {

    @Test
    void givesATaggedTemplateAVersionWithTheAmiOfThisRun() {
        built("eu-west-1", NEW);

        Progress progress = run(Map.of());

        assertThat(host.changes)
                .containsExactly("111111111111/eu-west-1 create version of " + WEB + " from 3 with " + NEW);
        assertThat(onlyRow(progress))
                .containsEntry("launchTemplate", "web")
                .containsEntry("from", 3L)
                .containsEntry("to", 4L)
                .containsEntry("previousDefault", 1L)
                .containsEntry("ami", NEW)
                .containsEntry("changed", true)
                .containsEntry("outcome", "updated")
                .containsEntry("why", "version 3 launches " + OLD);
        assertThat(host.events()).last().extracting(JournalEvent::fact).satisfies(fact -> {
            JournalFact.TemplateUpdated updated = (JournalFact.TemplateUpdated) fact;
            assertThat(updated.to().number()).isEqualTo(4);
            assertThat(updated.changed()).isTrue();
        });
        assertThat(host.console.get(0)).isEqualTo("updateLaunchTemplates: working in self in eu-west-1");
    }

    @Test
    void leavesATemplateAloneThatLaunchesItAlready() {
        built("eu-west-1", OLD);

        Map<String, Object> row = onlyRow(run(Map.of()));

        assertThat(host.changes).isEmpty();
        assertThat(row)
                .containsEntry("changed", false)
                .containsEntry("from", 3L)
                .containsEntry("to", 3L);
        assertThat(host.events())
                .last()
                .extracting(event -> ((JournalFact.TemplateUpdated) event.fact()).changed())
                .isEqualTo(false);
    }

    @Test
    void copiesTheDefaultVersionWhenAskedTo() {
        built("eu-west-1", NEW);

        assertThat(onlyRow(run(Map.of("sourceVersion", "default"))))
                .containsEntry("from", 1L)
                .containsEntry("to", 4L);
    }

    @Test
    void worksInSeveralAccountsAndRegionsAndSeesEachPlaceOnce() {
        FakeAccount other = host.account(ROLE, "222222222222", "eu-west-1");
        other.ami(FakeAmi.of(OLD, "111111111111").build())
                .ami(FakeAmi.of(NEW, "111111111111").build());
        other.template("lt-00000000000000003", "web", FAMILY, OLD);
        built("eu-west-1", NEW);

        Progress progress = run(Map.of("accounts", "self," + ROLE.roleArn() + ",self"));

        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(host.changes)
                .containsExactly(
                        "111111111111/eu-west-1 create version of " + WEB + " from 3 with " + NEW,
                        "222222222222/eu-west-1 create version of lt-00000000000000003 from 1 with " + NEW);
    }

    @Nested
    class GivenGroupsOnAliases {

        @BeforeEach
        void groups() {
            built("eu-west-1", NEW);
            account.group("on-default", WEB, "$Default", Map.of()).group("on-two", WEB, "2", Map.of());
        }

        @Test
        void pinsThoseOnLatestBeforeTheVersionIsMade() {
            account.group("on-latest", WEB, "$Latest", Map.of());

            Map<String, Object> row = onlyRow(run(Map.of()));

            assertThat(host.changes)
                    .containsExactly(
                            "111111111111/eu-west-1 tag on-latest {ami-refresh:pinned=$Latest 3 weekly-12}",
                            "111111111111/eu-west-1 set version of on-latest to 3",
                            "111111111111/eu-west-1 create version of " + WEB + " from 3 with " + NEW);
            assertThat(row).containsEntry("pinned", List.of("111111111111/eu-west-1/on-latest"));
            assertThat(host.events())
                    .extracting(JournalEvent::fact)
                    .contains(new JournalFact.GroupPinned(
                            GroupKey.parse("111111111111/eu-west-1/on-latest"),
                            new VersionReference.Latest(),
                            new io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion(3),
                            Map.of(),
                            new LaunchSource.Template(
                                    new LaunchTemplateId(WEB),
                                    new LaunchTemplateName("web"),
                                    VersionReference.parse("3"))));
            assertThat(host.heldLocks()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "autorecycle_dry_run, true",
            "autorecycle_dry_run, maybe",
            "autorecycle_recycle_on_asg_update, false"
        })
        void pinsAGroupThatMayNotBeRefreshedAllTheSame(String tag, String value) {
            account.group("on-latest", WEB, "$Latest", Map.of(tag, value));

            Progress progress = run(Map.of());

            assertThat(onlyRow(progress))
                    .containsEntry("outcome", "updated")
                    .containsEntry("pinned", List.of("111111111111/eu-west-1/on-latest"));
            assertThat(((Progress.Done) progress).verdict()).isEqualTo(Progress.BuildVerdict.NONE);
        }

        @Test
        void refusesOrAllowsWhenToldTo() {
            account.group("on-latest", WEB, "$Latest", Map.of("autorecycle_dry_run", "true"));

            assertThat(onlyRow(run(Map.of("latestUsers", "refuse"))))
                    .containsEntry("why", "group on-latest names $Latest and latestUsers is refuse");
            assertThat(host.changes).isEmpty();
            assertThat(onlyRow(run(Map.of("latestUsers", "allow")))).containsEntry("changed", true);
            assertThat(host.changes).hasSize(1);
        }

        @Test
        void pinsAnOverrideThatNamesLatest() {
            LaunchSource.Template main = new LaunchSource.Template(
                    new LaunchTemplateId(PLAIN), new LaunchTemplateName("plain"), VersionReference.parse("1"));
            LaunchSource.Template override = new LaunchSource.Template(
                    new LaunchTemplateId(WEB), new LaunchTemplateName("web"), new VersionReference.Latest());
            account.group(
                    "mixed",
                    new LaunchSource.MixedInstancesPolicy(main, List.of(override), List.of(), Set.of()),
                    Map.of());

            assertThat(onlyRow(run(Map.of()))).containsEntry("outcome", "updated");
            assertThat(host.changes)
                    .contains("111111111111/eu-west-1 tag mixed {ami-refresh:pinned=1 3 weekly-12 " + WEB + "=Latest}");
        }

        @Test
        void refusesWhileAnotherRunChangesTheGroup() {
            account.group("on-latest", WEB, "$Latest", Map.of());
            host.lockedBy(GroupKey.parse("111111111111/eu-west-1/on-latest"), "weekly-11");

            assertThat(onlyRow(run(Map.of())))
                    .containsEntry(
                            "why", "group on-latest names $Latest and is being changed by step-1 of run weekly-11");
            assertThat(host.changes).isEmpty();
        }
    }

    @Test
    void changesNothingInADryRun() {
        account.group("on-latest", WEB, "$Latest", Map.of());

        Map<String, Object> beforeTheBuild = onlyRow(run(Map.of("dryRun", true)));
        built("eu-west-1", NEW);
        Map<String, Object> after = onlyRow(run(Map.of("dryRun", true)));

        assertThat(beforeTheBuild).containsEntry("why", "no AMI is built in a dry run");
        assertThat(after)
                .containsEntry("outcome", "planned")
                .containsEntry("to", 4L)
                .containsEntry("changed", false);
        assertThat(host.changes).isEmpty();
        assertThat(host.events())
                .extracting(event -> event.fact().getClass().getSimpleName())
                .containsExactly("TemplatePlanned", "AmiBuilt");
        assertThat(host.console)
                .contains("web (111111111111/eu-west-1): would get version 4 or later with " + NEW
                        + ": version 3 launches " + OLD + "; pinned first: on-latest");
    }

    @Test
    void repeatsWhatHadNoAnswerWithTheSameToken() {
        built("eu-west-1", NEW);
        account.failNext(2);

        Map<String, Object> row = onlyRow(run(Map.of()));

        assertThat(row).containsEntry("to", 4L);
        assertThat(host.console)
                .filteredOn(line -> line.contains("trying again"))
                .hasSize(1);
    }

    @Test
    void goesOnFromAnySavedStateWithTheSameResult() {
        built("eu-west-1", NEW);
        account.group("on-latest", WEB, "$Latest", Map.of());
        List<StepState> lost = new ArrayList<>();

        Progress progress = host.run(new UpdateLaunchTemplatesStep(), Map.of(), state -> {
            boolean first = lost.isEmpty()
                    && state.documents().values().stream().anyMatch(text -> text.contains("\"done\":true"));
            if (first) {
                lost.add(state);
                return StepState.of(Map.copyOf(planOnly(state)));
            }
            return state;
        });

        assertThat(lost).hasSize(1);
        assertThat(onlyRow(progress)).containsEntry("to", 4L);
        assertThat(host.events()).hasSize(3);
    }

    /** The state as it was before the last tick was saved. */
    private static Map<String, String> planOnly(StepState state) {
        Map<String, String> documents = new java.util.LinkedHashMap<>(state.documents());
        documents.replaceAll((key, json) -> json.replace("\"made\":4,\"done\":true", "\"made\":0,\"done\":false"));
        return documents;
    }
}
