package io.jenkins.plugins.amirefresh.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TruthJudgeTest {

    private static final String KEY = "111111111111/eu-west-1/web";

    /** One group of two on version 2 of its template, and an override with a template of its own. */
    private static Truth truth(String firstImage, String serving, String launches, String override) throws Exception {
        return Truth.of(Json.mapper()
                .readTree(
                        """
                        {"groups": [{"account": "111111111111", "region": "eu-west-1", "autoScalingGroupName": "web",
                          "desired": 2, "isBehindBalancers": true, "launches": %s, "launchTemplateName": "web",
                          "launchTemplateVersion": 2, "overrides": [%s], "instances": [
                            {"id": "i-1", "lifecycleState": "InService", "healthStatus": "Healthy", "imageName": "%s",
                             "launchTemplateName": "web", "version": 2, "serving": true},
                            {"id": "i-2", "lifecycleState": "InService", "healthStatus": "Healthy", "imageName": "new",
                             "launchTemplateName": "web", "version": 2, "serving": %s}]}],
                         "launchTemplates": [
                          {"account": "111111111111", "region": "eu-west-1", "name": "web", "default": 2,
                           "tags": {"ami-refresh:family": "web"},
                           "versions": [{"version": 1, "imageName": "old"}, {"version": 2, "imageName": "new"}]},
                          {"account": "111111111111", "region": "eu-west-1", "name": "arm", "default": 1,
                           "versions": [{"version": 1, "imageName": "arm-old"}, {"version": 2, "imageName": "arm-new"}]}]}
                        """
                                .formatted(launches, override, firstImage, serving)));
    }

    private static Row row(String outcome, String reason) {
        return new Row(KEY, outcome, reason, 1, 2);
    }

    private static List<String> lies(Row row, Truth truth) {
        return TruthJudge.ofRows().lies("FAILURE", List.of(row), truth);
    }

    @Test
    void whenEveryInstanceRunsTheWantedImageAndServes_thenRefreshedIsTrue() throws Exception {
        assertThat(lies(row("refreshed", "done"), truth("new", "true", "\"new\"", "")))
                .isEmpty();
    }

    @Test
    void whenAnInstanceRunsAnotherImageUnderTheRightVersion_thenRefreshedIsALie() throws Exception {
        assertThat(lies(row("refreshed", "done"), truth("own", "true", "\"new\"", "")))
                .containsExactly(KEY + " is refreshed, but i-1 runs own instead of new");
    }

    @Test
    void whenAnInstanceDoesNotServe_thenRefreshedIsALieUnlessItIsNamed() throws Exception {
        assertThat(lies(row("refreshed", "done"), truth("new", "false", "\"new\"", "")))
                .containsExactly(
                        KEY + " is refreshed, but i-2 does not serve",
                        KEY + " is refreshed, but fewer serve than the 2 desired");
        assertThat(lies(row("refreshed", "done but i-2, left alone"), truth("new", "false", "\"new\"", "")))
                .isEmpty();
    }

    @Test
    void whenAGroupIsBack_thenItsImageIsThatOfTheOldVersion() throws Exception {
        assertThat(lies(row("rolled-back", "broke"), truth("old", "true", "\"old\"", "")))
                .containsExactly(KEY + " is rolled-back, but i-2 runs new instead of old");
    }

    @Test
    void whenAnOverrideWasNotBroughtAlong_thenRefreshedIsALie() throws Exception {
        String override = "{\"launchTemplateName\": \"arm\", \"launchTemplateVersion\": 1, \"launches\": \"arm-old\"}";
        assertThat(lies(row("refreshed", "done"), truth("new", "true", "\"new\"", override)))
                .containsExactly(KEY + " is refreshed, but an override launches arm-old instead of arm-new");
    }

    @Test
    void whenNothingCanBeLaunched_thenAFailedRowSaysSo() throws Exception {
        assertThat(lies(row("failed", "2 new instances broke"), truth("new", "true", "null", "")))
                .hasSize(1);
        assertThat(lies(row("failed", "the image of version 2 is gone"), truth("new", "true", "null", "")))
                .isEmpty();
    }

    @Test
    void whenAGroupOfASelectedFamilyHasNoRow_thenItIsMissing() throws Exception {
        Truth truth = truth("new", "true", "\"new\"", "");
        Set<String> places = Set.of("111111111111/eu-west-1");

        assertThat(TruthJudge.missing(truth, Set.of("web"), places, List.of())).containsExactly(KEY + " has no row");
        assertThat(TruthJudge.missing(truth, Set.of("api"), places, List.of())).isEmpty();
        assertThat(TruthJudge.missing(
                        truth, Set.of("web"), places, List.of(row("skipped", "a"), row("refreshed", "b"))))
                .containsExactly(KEY + " has 2 rows");
    }

    @Test
    void whenTheVerdictIsBetterThanTheWorstGroup_thenItFlatters() {
        assertThat(TruthJudge.flattery("SUCCESS", List.of(row("refused", "no"))))
                .isPresent();
        assertThat(TruthJudge.flattery("UNSTABLE", List.of(row("failed", "broke"))))
                .isPresent();
        assertThat(TruthJudge.flattery("SUCCESS", List.of(row("skipped", "nothing to do"))))
                .isEmpty();
        assertThat(TruthJudge.flattery("ABORTED", List.of(row("failed", "aborted"))))
                .isEmpty();
    }
}
