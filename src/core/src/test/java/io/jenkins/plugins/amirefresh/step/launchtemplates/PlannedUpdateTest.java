package io.jenkins.plugins.amirefresh.step.launchtemplates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.launchtemplate.Share;
import io.jenkins.plugins.amirefresh.launchtemplate.TemplateDecision;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AccountId;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ClientToken;
import io.jenkins.plugins.amirefresh.model.CopiedSnapshots;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.model.LaunchTemplate;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateId;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateName;
import io.jenkins.plugins.amirefresh.model.LaunchTemplateVersion;
import io.jenkins.plugins.amirefresh.model.Place;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannedUpdateTest {

    private static PlannedUpdate update(Share share, int earlier) {
        return new PlannedUpdate(
                new Place(AccountAccess.SELF, new AwsRegion("eu-west-1")),
                new AccountId("111111111111"),
                new LaunchTemplate(
                        new LaunchTemplateId("lt-0000000000000000a"),
                        new LaunchTemplateName("web"),
                        new LaunchTemplateVersion(1),
                        new LaunchTemplateVersion(2),
                        Map.of()),
                new ImageFamily("web"),
                new TemplateDecision.Create(
                        new LaunchTemplateVersion(1),
                        new AmiId("ami-0000000000000000a"),
                        new CopiedSnapshots(true, Set.of("/dev/xvda")),
                        new ClientToken("token"),
                        List.of(),
                        "it is new"),
                0,
                false,
                null,
                share,
                earlier);
    }

    @Test
    void whenItIsReadAgain_thenItIsTheSame() {
        // given
        PlannedUpdate second = update(new Share(1, List.of("1", "$Default")), 1);

        // when
        PlannedUpdate read = Json.read(Json.write(second), PlannedUpdate.class);

        // then
        assertThat(read).isEqualTo(second);
        assertThat(read.to()).isEqualTo(4);
        assertThat(read.document()).isEqualTo("template:111111111111/eu-west-1/lt-0000000000000000a/1");
        assertThat(read.line(false)).endsWith("; for groups that name 1, $Default");
    }

    @Test
    void whenAnOlderVersionWroteIt_thenItIsForAllAndEverySnapshotStays() throws IOException {
        // given
        ObjectNode older = (ObjectNode) new ObjectMapper().readTree(Json.write(update(Share.ALL, 0)));
        older.remove(List.of("share", "earlier"));
        ((ObjectNode) older.get("decision")).remove("snapshots");

        // when
        PlannedUpdate read = Json.read(older.toString(), PlannedUpdate.class);

        // then
        assertThat(read.share()).isEqualTo(Share.ALL);
        assertThat(read.to()).isEqualTo(3);
        assertThat(((TemplateDecision.Create) read.decision()).snapshots()).isEqualTo(CopiedSnapshots.ALL);
        assertThat(read.document()).isEqualTo("template:111111111111/eu-west-1/lt-0000000000000000a");
    }
}
