package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.GroupOutcome;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.Progress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A template's default moves with its groups, goes back with them, and is left alone where somebody else moved it. */
class DefaultVersionTest {

    private static final Map<String, ?> REFRESH =
            Map.of("strategy", "out-in", "windows", "ignore", "launchTemplateVersion", 2);
    /** The last calls, in which versions are named. */
    private static final int NAMING = 9;

    private static final Map<String, ?> TEST =
            Map.of("onFailure", "rollback", "checks", List.of(Map.of("http", "/deep", "port", 8080)), "retries", 1);

    /** Two groups on the default; the new image answers wrongly where {@code failing} matches. */
    private static Scenario scenario(String failing) {
        return Scenario.of("fleet.yaml", text -> {
            String shared = text.replace("version: 1\n", "version: $Default\n");
            String group = shared.substring(shared.indexOf("          - name: web\n"), shared.indexOf("behaviours:"));
            return shared.replace("behaviours:", group.replace("- name: web\n", "- name: admin\n") + "behaviours:")
                            .replace("path: /health, status: 200, body: ok}", "path: /**, status: 200, body: ok}")
                    + "  - {match: " + failing
                    + ", http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n";
        });
    }

    private static Scenario tested(Scenario scenario) {
        assertThat(scenario.run("recycleAsgs", REFRESH)).isInstanceOf(Progress.Done.class);
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 2, latest 2");
        scenario.run("smokeTestAsg", TEST);
        return scenario;
    }

    private static void setDefault(Scenario scenario, String version) {
        call(scenario, "ModifyLaunchTemplate", node().put("DefaultVersion", version));
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode().put("LaunchTemplateName", "shop-web");
    }

    private static JsonNode call(Scenario scenario, String operation, ObjectNode input) {
        String account = scenario.simulator().account().defaultAccount().id();
        Caller caller = new Caller(account, "eu-west-1", "arn:aws:iam::" + account + ":user/terraform", "terraform");
        return scenario.simulator().call("ec2", operation, input, caller);
    }

    @Test
    void whenEveryGroupFailsItsTest_thenTheDefaultIsWhatItWas() {
        // when
        Scenario scenario = tested(scenario("{image: web-new}"));

        // then
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 1, latest 2");
        assertThat(scenario.fleet().groups().values())
                .extracting(Fleet.Group::launches)
                .containsOnly("$Default");
        assertThat(scenario.row("web").reason()).contains("shop-web");
        assertThat(List.of(scenario.row("web").reason(), scenario.row("admin").reason()))
                .anyMatch(reason -> reason.contains("the default of shop-web is version 1 again"));
    }

    @Test
    void whenOneFailsAndAnotherIsProven_thenTheOneThatFailedIsPinned() {
        // when
        Scenario scenario = tested(scenario("{group: admin, image: web-new}"));

        // then
        assertThat(scenario.row("admin").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("admin").reason())
                .endsWith(
                        "the default of shop-web stays version 2, which web depends on, so the group stays on number 1");
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 2, latest 2");
        assertThat(scenario.fleet().group("admin").launches()).isEqualTo("1");
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("$Default");
    }

    @ParameterizedTest
    @EnumSource(Death.Moment.class)
    void whenTheHostIsKilledAtACall_thenItEndsTheSame(Death.Moment moment) {
        // given
        Scenario whole = scenario("{image: web-new}");
        whole.run("recycleAsgs", REFRESH);
        whole.run("smokeTestAsg", TEST);

        for (int call = whole.mutating().size() - NAMING;
                call <= whole.mutating().size();
                call++) {
            // when
            Scenario killed = tested(scenario("{image: web-new}").dyingAt(call, moment));

            // then
            String where = "killed " + moment + " " + call + " of " + whole.mutating();
            killed.settle();
            assertThat(killed.fleet().templates()).as(where).containsEntry("shop-web", "default 1, latest 2");
            assertThat(killed.fleet().groups().values())
                    .as(where)
                    .extracting(Fleet.Group::launches)
                    .containsOnly("$Default");
        }
    }

    @Test
    void whenAnotherBuildGoesBack_thenTheDefaultThatTheFirstOneMovedGoesBackToo() {
        // given
        Scenario scenario = scenario("{image: web-old}");
        scenario.run("recycleAsgs", REFRESH);
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of());

        // then
        assertThat(next.fleet().templates()).containsEntry("shop-web", "default 1, latest 2");
        assertThat(next.fleet().groups().values())
                .extracting(Fleet.Group::launches)
                .containsOnly("$Default");
    }

    @Test
    void whenOthersMadeTheNewVersionTheDefault_thenItStaysSoInARollback() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text
                        + "  - {match: {image: web-new}, http: [{path: /deep, status: 500}, {path: /health, status: 200}]}\n");
        scenario.run("recycleAsgs", REFRESH);
        setDefault(scenario, "2");

        // when
        scenario.run("smokeTestAsg", TEST);

        // then
        assertThat(scenario.row("web").outcome()).isEqualTo(GroupOutcome.ROLLED_BACK);
        assertThat(scenario.row("web").reason()).endsWith("the default of shop-web stays version 2, which others set");
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 2, latest 2");
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("1");
    }

    @Test
    void whenOthersMoveTheDefaultWhileARunIsAtWork_thenItIsLeftThereAndTheRowSaysSo() {
        // given
        Scenario scenario = Scenario.of("aliases.yaml");
        scenario.run("updateLaunchTemplates", Map.of("ami", "newest"));
        ObjectNode input = node().put("SourceVersion", "1");
        input.putObject("LaunchTemplateData").put("ImageId", "ami-0000000000000aaaa");
        call(scenario, "CreateLaunchTemplateVersion", input);
        setDefault(scenario, "3");

        // when
        scenario.run("recycleAsgs", Map.of("windows", "ignore", "strategy", "out-in"));

        // then
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 3, latest 3");
        assertThat(scenario.row("default").outcome()).isEqualTo(GroupOutcome.REFRESHED);
        assertThat(scenario.row("default").reason())
                .contains("stays on number 2, since others moved the default of shop-web to version 3 meanwhile,"
                        + " where it is left; it named version 3, which none of its instances ran: 2 ran version 1;"
                        + " the way back is version 1");
        assertThat(scenario.row("latest").reason()).endsWith("stays on number 2, since $Latest means version 3");
        assertThat(scenario.fleet().group("default").launches()).isEqualTo("2");
    }

    @Test
    void whenOthersMoveTheDefaultBackRightAfterTheRunMovedIt_thenItIsLeftThereAndNobodyLaunchesFromIt() {
        // given
        Scenario scenario = scenario("{image: none}");
        AtomicInteger moves = new AtomicInteger();
        scenario.watchedBy(new MortalHttpClient.Watcher() {
            @Override
            public void sending(MortalHttpClient.Call call) {}

            @Override
            public void sent(MortalHttpClient.Call call, int status) {
                if (call.operation().equals("ModifyLaunchTemplate") && moves.incrementAndGet() == 1) {
                    setDefault(scenario, "1");
                }
            }
        });

        // when
        scenario.run("recycleAsgs", REFRESH);

        // then
        assertThat(moves).hasValue(1);
        assertThat(scenario.fleet().templates()).containsEntry("shop-web", "default 1, latest 2");
        assertThat(scenario.fleet().groups().values())
                .extracting(Fleet.Group::launches)
                .containsOnly("2");
        assertThat(List.of(scenario.row("web").reason(), scenario.row("admin").reason()))
                .anyMatch(reason -> reason.endsWith("stays on number 2, since others moved the default of shop-web to"
                        + " version 1 meanwhile, where it is left"));
    }

    @Test
    void whenAnotherBuildGoesBack_thenTheGroupRemembersThatItNamedTheLatest() {
        // given
        Scenario scenario = Scenario.of(
                "fleet.yaml",
                text -> text.replaceAll("( +)version: 1\n", "$1version: \\$Latest\n$1instancesVersion: 1\n"));
        scenario.run("recycleAsgs", REFRESH);
        assertThat(scenario.fleet().group("web").launches()).isEqualTo("$Latest");
        Scenario next = scenario.nextBuild("on-call-7");

        // when
        next.run("rollbackAsgs", Map.of());

        // then
        assertThat(next.fleet().group("web").launches()).isEqualTo("1");
        assertThat(next.fleet().group("web").tags()).containsEntry("ami-refresh:pinned", "$Latest 1 on-call-7");
    }
}
