package io.jenkins.plugins.amirefresh.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The merged models against the AWS SDK of the version that the product uses. */
class ServiceModelTest {

    @ParameterizedTest
    @CsvSource({"autoscaling, autoscaling", "elasticloadbalancingv2, elasticloadbalancingv2", "sts, sts"})
    void whenAServiceIsSmall_thenItsWholeModelAgreesWithTheSdk(String name, String sdkPackage) {
        // given
        ServiceModel model = new ServiceModels().of(name);

        // when / then
        assertThat(new SdkModels(model, sdkPackage).differences(model.operationNames()))
                .isEmpty();
    }

    @Test
    void whenAnOperationOfEc2IsImplemented_thenItsModelAgreesWithTheSdk() {
        // given
        Set<String> operations = new TreeSet<>(Set.of(
                "RunInstances",
                "DescribeInstances",
                "DescribeImages",
                "CreateImage",
                "DescribeLaunchTemplateVersions",
                "CreateLaunchTemplateVersion",
                "TerminateInstances"));
        Simulator simulator = Simulator.of(new AccountReader().read("t", "accounts: [{id: 111111111111}]"));
        operations.addAll(simulator.operations().getOrDefault("ec2", new TreeSet<>()));

        // when / then
        assertThat(new SdkModels(new ServiceModels().of("ec2"), "ec2").differences(operations))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"iam, GetInstanceProfile", "ecs, UpdateService", "ecr, BatchGetImage"})
    void whenAnOperationIsImplemented_thenItsModelAgreesWithTheSdk(String service, String one) {
        // given
        Simulator simulator = Simulator.of(new AccountReader().read("t", "accounts: [{id: 111111111111}]"));
        Set<String> operations = Objects.requireNonNull(simulator.operations().get(service));

        // when / then
        assertThat(operations).contains(one);
        assertThat(new SdkModels(new ServiceModels().of(service), service).differences(operations))
                .isEmpty();
    }
}
