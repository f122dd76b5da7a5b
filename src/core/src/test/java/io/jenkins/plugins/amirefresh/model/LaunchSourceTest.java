package io.jenkins.plugins.amirefresh.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaunchSourceTest {

    private static final LaunchTemplateId WEB = new LaunchTemplateId("lt-0123456789abcdef0");
    private static final LaunchTemplateId ARM = new LaunchTemplateId("lt-0123456789abcdef1");
    private static final VersionReference TWO = VersionReference.of(new LaunchTemplateVersion(2));

    private static LaunchSource mixed(String arm, VersionReference version) {
        return new LaunchSource.MixedInstancesPolicy(
                new LaunchSource.Template(WEB, new LaunchTemplateName("web"), TWO),
                List.of(new LaunchSource.Template(ARM, new LaunchTemplateName(arm), version)),
                List.of(),
                Set.of());
    }

    @Test
    void whenATemplateComesBackWithoutItsName_thenItIsTheSame() {
        assertThat(mixed(ARM.value(), TWO)).isEqualTo(mixed("arm", TWO)).hasSameHashCodeAs(mixed("arm", TWO));
    }

    @Test
    void whenAnOverrideNamesAnotherVersion_thenItIsAnotherSource() {
        assertThat(mixed("arm", new VersionReference.Latest())).isNotEqualTo(mixed("arm", TWO));
    }
}
