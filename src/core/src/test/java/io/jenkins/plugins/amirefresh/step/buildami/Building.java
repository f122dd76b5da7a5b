package io.jenkins.plugins.amirefresh.step.buildami;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAccount;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAmi;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A workspace, two regions, and a Packer that builds an AMI in each. */
abstract class Building {

    static final String SOURCE = "ami-000000000000000aa";
    static final String WEST_1 = "ami-00000000000000001";
    static final String WEST_2 = "ami-00000000000000002";
    static final String OUTPUT =
            """
            1795250746,,ui,say,==> amazon-ebs.image: Creating the AMI%!(PACKER_COMMA) please wait
            1795250746,amazon-ebs.image,artifact,0,id,eu-west-1:ami-00000000000000001%!(PACKER_COMMA)eu-west-2:ami-00000000000000002
            """;

    final FakeHost host = new FakeHost();
    final FakeAccount west1 = host.self("eu-west-1");
    final FakeAccount west2 = host.self("eu-west-2");

    @BeforeEach
    void aWorkspaceAndTwoRegions() {
        host.environment.put("AMI_REFRESH_REGIONS", "eu-west-1,eu-west-2");
        west1.ami(FakeAmi.of(SOURCE, "111111111111").name("base-1").build());
        west1.ami(FakeAmi.of(WEST_1, "111111111111").build());
        west2.ami(FakeAmi.of(WEST_2, "111111111111").build());
        host.fakeProcesses.answer("build", OUTPUT, 0);
    }

    static Map<String, Object> given(Object... pairs) {
        Map<String, Object> given = new HashMap<>();
        given.put("family", "web");
        given.put("variables", Map.of("source_ami_name", "base-*"));
        for (int i = 0; i < pairs.length; i += 2) {
            given.put((String) pairs[i], pairs[i + 1]);
        }
        return given;
    }

    Progress run(Object... pairs) {
        return host.run(new BuildAmiStep(), given(pairs));
    }

    static Map<String, Object> result(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        return ((Progress.Done) progress).result();
    }

    static String message(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(((Progress.Failed) progress).message()).doesNotContain("\n");
        return ((Progress.Failed) progress).message();
    }
}
