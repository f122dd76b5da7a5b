package io.jenkins.plugins.amirefresh.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault;
import io.jenkins.plugins.amirefresh.simulator.account.Happening;
import io.jenkins.plugins.amirefresh.simulator.faults.ConnectionDropped;
import io.jenkins.plugins.amirefresh.simulator.front.CallLog;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FaultsAndHappeningsTest {

    private static final Caller CALLER =
            new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/x", "");

    private final EchoService autoscaling = new EchoService("autoscaling")
            .answering("SetDesiredCapacity", EchoService.node())
            .answering("DescribeAutoScalingGroups", describeAnswer());

    private static com.fasterxml.jackson.databind.node.ObjectNode describeAnswer() {
        var answer = EchoService.node();
        answer.putArray("AutoScalingGroups");
        return answer;
    }

    private Simulator with(List<DeclaredFault> faults, List<Happening> happenings) {
        return Simulator.of(
                Fixtures.account(faults, happenings), (world, file, rules, recorder) -> List.of(autoscaling));
    }

    private static DeclaredFault fault(
            int skip,
            int count,
            boolean throttle,
            Behaviour.@Nullable ErrorText error,
            @Nullable String drop,
            @Nullable Duration delay) {
        return new DeclaredFault(
                1,
                null,
                null,
                "autoscaling",
                "Set*",
                null,
                null,
                skip,
                count,
                null,
                throttle,
                null,
                error,
                drop,
                delay,
                null);
    }

    private static void setCapacity(Simulator simulator) {
        simulator.call(
                "autoscaling",
                "SetDesiredCapacity",
                EchoService.node().put("AutoScalingGroupName", "web").put("DesiredCapacity", 3),
                CALLER);
    }

    @Test
    void whenACallIsThrottled_thenItHasNoEffectAndTheNextOneWorks() {
        // given
        Simulator simulator = with(List.of(fault(0, 1, true, null, null, null)), List.of());

        // when / then
        assertThatThrownBy(() -> setCapacity(simulator))
                .isInstanceOfSatisfying(
                        AwsError.class, refusal -> assertThat(refusal.code()).isEqualTo("Throttling"));
        assertThat(autoscaling.received).isEmpty();
        setCapacity(simulator);
        assertThat(autoscaling.received).hasSize(1);
    }

    @Test
    void whenTheConnectionDropsAfterTheEffect_thenTheEffectStands() {
        // given
        Simulator simulator = with(List.of(fault(0, 1, false, null, "after", null)), List.of());

        // when / then
        assertThatThrownBy(() -> setCapacity(simulator)).isInstanceOf(ConnectionDropped.class);
        assertThat(autoscaling.received).hasSize(1);
        assertThat(simulator.calls()).extracting(CallLog.Call::errorCode).containsExactly("ConnectionDropped");
    }

    @Test
    void whenTheConnectionDropsBeforeTheEffect_thenThereIsNone() {
        // given
        Simulator simulator = with(List.of(fault(0, 0, false, null, "before", null)), List.of());

        // when / then
        assertThatThrownBy(() -> setCapacity(simulator)).isInstanceOf(ConnectionDropped.class);
        assertThat(autoscaling.received).isEmpty();
    }

    @Test
    void whenAFaultSkipsCalls_thenOnlyTheLaterOneFails() {
        // given
        var refusal = new Behaviour.ErrorText("ScalingActivityInProgress", 400, "busy");
        Simulator simulator = with(List.of(fault(1, 1, false, refusal, null, null)), List.of());

        // when
        setCapacity(simulator);

        // then
        assertThatThrownBy(() -> setCapacity(simulator)).hasMessage("busy");
        setCapacity(simulator);
    }

    @Test
    void whenACallIsDelayed_thenSimulatedTimePasses() {
        // given
        Simulator simulator = with(List.of(fault(0, 0, false, null, null, Duration.ofSeconds(90))), List.of());

        // when
        setCapacity(simulator);

        // then
        assertThat(simulator.now()).isEqualTo(Fixtures.START.plusSeconds(90));
    }

    @Test
    void whenAHappeningIsDue_thenItsCallIsMadeAtItsMoment() {
        // given
        var happening = new Happening(
                1,
                Fixtures.START.plusSeconds(60),
                "colleague",
                "222222222222",
                "eu-west-1",
                "autoscaling",
                "SetDesiredCapacity",
                EchoService.node().put("AutoScalingGroupName", "web").put("DesiredCapacity", 9));
        Simulator simulator = with(List.of(), List.of(happening));
        assertThat(simulator.nextEvent()).contains(Fixtures.START.plusSeconds(60));

        // when
        simulator.advanceTo(Fixtures.START.plusSeconds(3600));

        // then
        assertThat(simulator.calls()).singleElement().satisfies(call -> {
            assertThat(call.at()).isEqualTo(Fixtures.START.plusSeconds(60));
            assertThat(call.account()).isEqualTo("222222222222");
            assertThat(call.caller()).isEqualTo("arn:aws:iam::222222222222:user/colleague");
        });
        assertThat(simulator.effects()).singleElement().satisfies(effect -> assertThat(effect.change())
                .isEqualTo("by colleague done"));
    }
}
