package io.jenkins.plugins.amirefresh.simulator.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.kernel.Addresses.ProbeAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Instances from launch to an hour after their end. */
class InstanceLifeTest {

    private final Simulator simulator = Ec2Fixtures.simulator();
    private final Ec2Client ec2 = Ec2Fixtures.client(simulator, "AKIDMAIN");

    private List<Instance> run(int count) {
        return ec2.runInstances(r -> r.imageId(Ec2Fixtures.BASE)
                        .instanceType("t3.micro")
                        .minCount(1)
                        .maxCount(count)
                        .tagSpecifications(Ec2Fixtures.instanceTag("App", "shop")))
                .instances();
    }

    private String state(String id) {
        return ec2.describeInstances(r -> r.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .state()
                .nameAsString();
    }

    @Nested
    class GivenARunningInstance {

        private final String id = run(1).get(0).instanceId();

        GivenARunningInstance() {
            Ec2Fixtures.pass(simulator, Duration.ofSeconds(50));
        }

        @Test
        void whenItIsBooted_thenItsChecksPassAndItHasANetwork() {
            // when
            var status = ec2.describeInstanceStatus(r -> r.instanceIds(id))
                    .instanceStatuses()
                    .get(0);

            // then
            assertThat(status.instanceStatus().statusAsString()).isEqualTo("ok");
            var instance = ec2.describeInstances(r -> r.instanceIds(id))
                    .reservations()
                    .get(0)
                    .instances()
                    .get(0);
            assertThat(instance.privateIpAddress()).startsWith("172.31.");
            assertThat(instance.networkInterfaces().get(0).privateIpAddress()).isEqualTo(instance.privateIpAddress());
            assertThat(simulator.probe(instance.privateIpAddress(), 80, "/")).contains(ProbeAnswer.http(200, ""));
            assertThat(simulator.probe(instance.privateIpAddress(), 9999, "/")).contains(ProbeAnswer.silence());
        }

        @Test
        void whenItIsTerminated_thenItGoesThroughItsStatesAndVanishesAfterAnHour() {
            // when
            var change = ec2.terminateInstances(r -> r.instanceIds(id))
                    .terminatingInstances()
                    .get(0);

            // then
            assertThat(change.previousState().code()).isEqualTo(16);
            assertThat(change.currentState().nameAsString()).isEqualTo("shutting-down");
            Ec2Fixtures.pass(simulator, Duration.ofMinutes(1));
            assertThat(state(id)).isEqualTo("terminated");
            assertThat(ec2.describeVolumes().volumes()).isEmpty();
            Ec2Fixtures.pass(simulator, Duration.ofHours(1));
            assertThatThrownBy(() -> state(id))
                    .hasMessageContaining("The instance ID '" + id + "' does not exist")
                    .isInstanceOfSatisfying(
                            Ec2Exception.class, e -> assertThat(code(e)).isEqualTo("InvalidInstanceID.NotFound"));
        }

        @Test
        void whenItIsStoppedAndStarted_thenItRunsAgain() {
            // when
            ec2.stopInstances(r -> r.instanceIds(id));
            Ec2Fixtures.pass(simulator, Duration.ofMinutes(1));
            String stopped = state(id);
            ec2.startInstances(r -> r.instanceIds(id));
            Ec2Fixtures.pass(simulator, Duration.ofMinutes(1));

            // then
            assertThat(stopped).isEqualTo("stopped");
            assertThat(state(id)).isEqualTo("running");
        }

        @Test
        void whenItIsProtected_thenItIsNotTerminated() {
            // given
            ec2.modifyInstanceAttribute(r -> r.instanceId(id).disableApiTermination(v -> v.value(true)));

            // when, then
            assertThatThrownBy(() -> ec2.terminateInstances(r -> r.instanceIds(id)))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class, e -> assertThat(code(e)).isEqualTo("OperationNotPermitted"));
            assertThat(state(id)).isEqualTo("running");
        }

        @Test
        void whenOnlyPermissionIsAsked_thenNothingHappens() {
            assertThatThrownBy(
                            () -> ec2.terminateInstances(r -> r.instanceIds(id).dryRun(true)))
                    .isInstanceOfSatisfying(
                            Ec2Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
            assertThat(state(id)).isEqualTo("running");
        }
    }

    @Nested
    class GivenManyInstances {

        @Test
        void whenPaged_thenEachComesOnce() {
            // given
            run(30);

            // when
            var ids = ec2.describeInstancesPaginator(r -> r.maxResults(7)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(Instance::instanceId)
                    .toList();

            // then
            assertThat(ids).hasSize(30).doesNotHaveDuplicates();
        }

        @Test
        void whenFiltered_thenOnlyThoseThatFitCome() {
            // given
            run(3);
            String other = ec2.runInstances(r -> r.imageId(Ec2Fixtures.ARM)
                            .instanceType("t4g.micro")
                            .minCount(1)
                            .maxCount(1))
                    .instances()
                    .get(0)
                    .instanceId();

            // when, then
            assertThat(ids(filter("tag:App", "sh*"))).hasSize(3);
            assertThat(ids(filter("tag:App", "shop"))).hasSize(3);
            assertThat(ids(filter("architecture", "arm64"))).containsExactly(other);
            assertThat(ids(filter("instance-state-name", "running"))).isEmpty();
            assertThatThrownBy(() -> ids(filter("colour", "red")))
                    .hasMessageContaining("The filter 'colour' is invalid");
        }

        private List<String> ids(Filter filter) {
            return ec2.describeInstances(r -> r.filters(filter)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(Instance::instanceId)
                    .toList();
        }

        private static Filter filter(String name, String value) {
            return Filter.builder().name(name).values(value).build();
        }
    }

    @Nested
    class GivenARefusal {

        @Test
        void whenTheArchitectureDiffers_thenItSaysSo() {
            assertThatThrownBy(() -> ec2.runInstances(r -> r.imageId(Ec2Fixtures.ARM)
                            .instanceType("t3.micro")
                            .minCount(1)
                            .maxCount(1)))
                    .hasMessageContaining("does not match the architecture 'arm64' of the specified AMI");
        }

        @Test
        void whenATokenComesAgain_thenNothingMoreIsLaunched() {
            // when
            String first = withToken(1);
            String second = withToken(1);

            // then
            assertThat(second).isEqualTo(first);
            assertThatThrownBy(() -> withToken(2)).isInstanceOfSatisfying(Ec2Exception.class, e -> assertThat(code(e))
                    .isEqualTo("IdempotentParameterMismatch"));
        }

        private String withToken(int count) {
            return ec2.runInstances(r -> r.imageId("resolve:ssm:/ami/web")
                            .instanceType("t3.micro")
                            .clientToken("once")
                            .minCount(count)
                            .maxCount(count))
                    .instances()
                    .get(0)
                    .instanceId();
        }

        @Test
        void whenTheZoneHasNoCapacity_thenAwsFails() {
            // given
            var match = new Behaviour.Match(null, null, "eu-west-1b", null, null, Map.of(), null, null, null, null);
            var error = new Behaviour.ErrorText(
                    "InsufficientInstanceCapacity", 500, "We currently do not have sufficient capacity.");
            Ec2Client scarce = Ec2Fixtures.client(
                    Ec2Fixtures.simulator(new Behaviour(
                            1, match, null, null, List.of(), List.of(), null, error, List.of(), null, null, List.of())),
                    "AKIDMAIN");

            // when, then
            assertThatThrownBy(() -> scarce.runInstances(r -> r.imageId(Ec2Fixtures.BASE)
                            .instanceType("t3.micro")
                            .placement(p -> p.availabilityZone("eu-west-1b"))
                            .minCount(1)
                            .maxCount(1)))
                    .isInstanceOfSatisfying(Ec2Exception.class, e -> {
                        assertThat(code(e)).isEqualTo("InsufficientInstanceCapacity");
                        assertThat(e.statusCode()).isEqualTo(500);
                    });
        }
    }

    private static String code(Ec2Exception refusal) {
        return refusal.awsErrorDetails().errorCode();
    }
}
