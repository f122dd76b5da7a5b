package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A service of ECS belongs to one controller at a time, by a lease that each writes on it. */
class EcsLeaseTest {

    private final Scenario one = Scenario.of("services.yaml");
    private final Scenario other = one.onAnotherController("nightly-7", "controller-2");
    private final Containers containers = Containers.of(one);

    private static Map<String, Object> image(String tag) {
        return Map.of("cluster", "shop", "services", "plain", "image", Containers.image(tag));
    }

    private void pass(Duration time) {
        one.simulator().advanceTo(one.simulator().now().plus(time));
    }

    @Test
    void whenTwoControllersStartAtTheSameMoment_thenOneAfterTheOtherUpdatesIt() {
        // given
        Supplier<Progress> first = other.ticking("updateEcsService", image("2"));
        Supplier<Progress> second = one.ticking("updateEcsService", image("slow"));
        Progress ofFirst = first.get();
        Progress ofSecond = second.get();

        // when
        for (int tick = 0; tick < 200 && !(ofFirst instanceof Progress.Done); tick++) {
            ofFirst = first.get();
            ofSecond = second.get();
            pass(Duration.ofSeconds(15));
        }

        // then
        assertThat(ofFirst).as(String.valueOf(other.console())).isInstanceOf(Progress.Done.class);
        assertThat(containers.runs("plain")).isEqualTo("plain:2");
        assertThat(one.mutating()).as("its lease alone").containsOnly("TagResource", "UntagResource");
        assertThat(one.console())
                .anyMatch(line -> line.startsWith(
                        "shop/plain: waiting: run nightly-7 of another controller holds it until 2026-11-22T17:30:"));

        // when
        for (int tick = 0; tick < 4; tick++) {
            ofSecond = second.get();
            pass(Duration.ofSeconds(15));
        }

        // then
        assertThat(ofSecond).isInstanceOf(Progress.Again.class);
        assertThat(one.mutating()).contains("RegisterTaskDefinition");
        assertThat(containers.tags("shop", "plain"))
                .containsKey("ami-refresh:lease:controller-1")
                .doesNotContainKey("ami-refresh:lease:controller-2");
    }

    @Test
    void whenAControllerDiedAtWork_thenItsLeaseKeepsNobodyOutForLong() {
        // given
        other.runAndVanish("updateEcsService", image("2"), 8);
        assertThat(containers.tags("shop", "plain")).containsKey("ami-refresh:lease:controller-2");

        // when
        pass(Duration.ofMinutes(31));
        Progress progress = one.run("updateEcsService", image("2"));

        // then
        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(containers.tags("shop", "plain")).containsOnlyKeys("team");
    }

    @Test
    void whenItWasAwayForSoLongThatAnotherTookTheService_thenItChangesNothingMore() {
        // given
        one.runAndVanish("updateEcsService", image("crash"), 5);
        pass(Duration.ofMinutes(61));
        other.runAndVanish("updateEcsService", image("2"), 8);
        int before = one.mutating().size();

        // when
        Progress progress = one.resume(1, "updateEcsService", image("crash"));

        // then
        assertThat(Containers.error(progress))
                .startsWith("shop/plain: run nightly-7 of another controller holds it until ")
                .contains("we stopped");
        assertThat(one.mutating().subList(before, one.mutating().size())).containsOnly("UntagResource");
    }

    @Test
    void whenTheUpdateTakesLong_thenItsLeaseIsRenewed() {
        // when
        one.runAndVanish(
                "updateEcsService",
                Map.of("cluster", "shop", "services", "plain", "image", Containers.image("slow"), "timeLimit", "3h"),
                120);

        // then
        assertThat(containers.tags("shop", "plain").get("ami-refresh:lease:controller-1"))
                .contains("since=2026-11-22T17:00:00Z")
                .doesNotContain("until=2026-11-22T17:30");
        assertThat(one.mutating())
                .containsOnlyOnce("RegisterTaskDefinition")
                .filteredOn("TagResource"::equals)
                .hasSize(2);
    }

    @Test
    void whenNobodyMayTagTheService_thenItIsUpdatedWithoutALease() {
        // given
        String fault =
                "faults:\n  - {service: ecs, operation: TagResource, error: {code: AccessDeniedException, status: 400}}\n";
        Scenario denied = Scenario.of("services.yaml", text -> text + fault);

        // when
        Progress progress = denied.run("updateEcsService", image("2"));

        // then
        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(denied.console())
                .anyMatch(line ->
                        line.startsWith("shop/plain: the tag ami-refresh:lease:controller-1 cannot be written"));
    }

    @Test
    void whenTheTagsAskedForFillAllRoom_thenTheLeaseMakesWay() {
        // given
        Map<String, Object> many = new java.util.HashMap<>();
        for (int n = 0; n < 49; n++) {
            many.put("key-" + n, "value");
        }

        // when
        Progress progress = one.run("updateEcsService", Map.of("cluster", "shop", "services", "plain", "tags", many));

        // then
        assertThat(Containers.row(progress)).containsEntry("outcome", "updated");
        assertThat(containers.tags("shop", "plain")).hasSize(50).containsKey("team");
    }
}
