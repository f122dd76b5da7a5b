package io.jenkins.plugins.amirefresh.step.launchtemplates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAccount;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAmi;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pipeline may ask for, and what is refused before anything is changed. */
class UpdateInputTest extends UpdateScenario {

    @Nested
    class GivenBadInput {

        @Test
        void namesAMissingTemplate() {
            built("eu-west-1", NEW);

            assertThat(message(run(Map.of("templates", "web,nosuch"))))
                    .isEqualTo(
                            "templates: 'nosuch' does not exist in 111111111111/eu-west-1;" + " nothing was changed");
            assertThat(host.changes).isEmpty();
        }

        @Test
        void needsAnAmi() {
            assertThat(message(run(Map.of()))).contains("this run built no AMI; put buildAmi before it");
        }

        @Test
        void refusesTheTemplatesOfARegionWithoutTheAmiAndGoesOnInTheOthers() {
            host.self("eu-west-2")
                    .template("lt-00000000000000009", "web2", FAMILY, OLD)
                    .ami(OLD, Map.of());
            built("eu-west-1", NEW);

            assertThat(rows(run(Map.of("regions", "eu-west-1,eu-west-2"))))
                    .containsEntry("web", "version 3 launches " + OLD)
                    .containsEntry("web2", "there is no AMI of family web in eu-west-2");
            assertThat(host.changes).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ami-xyz",
                    "eu-west-1",
                    "eu-west-1:ami-1,",
                    "latest",
                    "eu-west-1:ami-12345678,eu-west-1:ami-87654321"
                })
        void refusesWhatIsNoAmi(String ami) {
            assertThatThrownBy(() -> run(Map.of("ami", ami)))
                    .isInstanceOf(ParameterException.class)
                    .hasMessageStartingWith("ami: '" + ami + "' is not allowed");
        }

        @Test
        void refusesAnotherArchitecture() {
            account.ami(FakeAmi.of("ami-00000000000000003", "111111111111")
                    .architecture("arm64")
                    .build());
            built("eu-west-1", "ami-00000000000000003");

            assertThat(message(run(Map.of())))
                    .contains("web in 111111111111/eu-west-1: ami-00000000000000003 is arm64, " + OLD + " is x86_64");
            assertThat(host.changes).isEmpty();
        }

        @Test
        void takesAnotherArchitectureWhenItIsAccepted() {
            account.ami(FakeAmi.of("ami-00000000000000003", "111111111111")
                    .architecture("arm64")
                    .build());
            built("eu-west-1", "ami-00000000000000003");

            assertThat(run(Map.of("allowDifferences", "architecture,bootMode"))).isInstanceOf(Progress.Done.class);
            assertThat(message(run(Map.of("allowDifferences", "bootMode"))))
                    .contains("accept it with allowDifferences: 'architecture,bootMode'");
        }

        @Test
        void refusesAnUnknownDifference() {
            assertThatThrownBy(() -> run(Map.of("allowDifferences", "arch")))
                    .hasMessageContaining("allowDifferences: 'arch'")
                    .hasMessageContaining("architecture, virtualization, platform");
        }

        @Test
        void refusesATemplateThatFollowsAParameter() {
            account.template("lt-0000000000000000b", "ssm", FAMILY, "resolve:ssm:/images/web");
            built("eu-west-1", NEW);

            Progress progress = run(Map.of());

            assertThat(rows(progress).getOrDefault("ssm", "")).contains("resolve:ssm:/images/web");
            assertThat(((Progress.Done) progress).verdict()).isEqualTo(Progress.BuildVerdict.UNSTABLE);
            assertThat(host.changes)
                    .containsExactly("111111111111/eu-west-1 create version of " + WEB + " from 3 with " + NEW);
        }

        @Test
        void refusesAnAmiThatTheAccountDoesNotSee() {
            built("eu-west-1", "ami-0000000000000000f");

            assertThat(message(run(Map.of())))
                    .contains("web in 111111111111/eu-west-1: ami-0000000000000000f is not visible to this account");
        }
    }

    @Nested
    class GivenOtherWaysToName {

        @Test
        void takesTheNewestGoodOne() {
            account.ami(FakeAmi.of("ami-00000000000000005", "111111111111")
                    .createdAt(FakeAccount.CREATED.plusSeconds(60))
                    .tags(Map.of("ami-refresh:family", "web", "ami-refresh:bad", "answers 500"))
                    .build());

            assertThat(onlyRow(run(Map.of("ami", "newest")))).containsEntry("ami", NEW);
        }

        @Test
        void neverTakesABadOne() {
            account.ami("ami-00000000000000005", Map.of("ami-refresh:family", "web", "ami-refresh:bad", "answers 500"));

            assertThat(onlyRow(run(Map.of("ami", "ami-00000000000000005"))))
                    .containsEntry("outcome", "refused")
                    .containsEntry("why", "ami-00000000000000005 is marked bad: answers 500");
            assertThat(host.changes).isEmpty();
        }

        @Test
        void findsTheSameBuildInOtherRegions() {
            Map<String, String> tags = Map.of("ami-refresh:family", "web", "ami-refresh:build-key", "k1");
            account.ami("ami-00000000000000006", tags);
            host.self("eu-west-2")
                    .ami(OLD, Map.of())
                    .ami("ami-00000000000000007", tags)
                    .template("lt-00000000000000009", "web2", FAMILY, OLD);

            run(Map.of("ami", "ami-00000000000000006", "regions", "eu-west-1,eu-west-2"));

            assertThat(host.changes)
                    .containsExactly(
                            "111111111111/eu-west-1 create version of " + WEB + " from 3 with ami-00000000000000006",
                            "111111111111/eu-west-2 create version of lt-00000000000000009 from 1 with"
                                    + " ami-00000000000000007");
        }

        @Test
        void updatesAnUntaggedTemplateOnlyWhenItIsNamed() {
            account.ami("ami-00000000000000008", Map.of());

            assertThat(message(run(Map.of("ami", "ami-00000000000000008")))).contains("has no tag ami-refresh:family");
            assertThat(onlyRow(run(Map.of("ami", "ami-00000000000000008", "templates", "plain"))))
                    .containsEntry("launchTemplateId", PLAIN)
                    .containsEntry("changed", true);
        }

        @Test
        void selectsByTheGroupsThatUseIt() {
            built("eu-west-1", NEW);
            account.group("sandbox-web", WEB, "3", Map.of("Environment", "Sandbox"));

            assertThat(onlyRow(run(Map.of("onlyEnvironments", "sandbox")))).containsEntry("changed", true);
            assertThat(message(run(Map.of("environments", "prod")))).contains("no launch template is selected");
            assertThat(message(run(Map.of("asgs", "nosuch")))).contains("asgs: 'nosuch' does not exist");
        }
    }
}
