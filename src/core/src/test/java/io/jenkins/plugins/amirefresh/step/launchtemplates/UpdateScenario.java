package io.jenkins.plugins.amirefresh.step.launchtemplates;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.journal.JournalEvent;
import io.jenkins.plugins.amirefresh.journal.JournalFact;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AmiId;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.fakes.FakeAccount;
import io.jenkins.plugins.amirefresh.step.fakes.FakeHost;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** An account with two launch templates, one of them in the family that was built, and a step to run on it. */
abstract class UpdateScenario {

    static final String OLD = "ami-00000000000000001";
    static final String NEW = "ami-00000000000000002";
    static final String WEB = "lt-00000000000000001";
    static final String PLAIN = "lt-00000000000000002";
    static final AccountAccess ROLE = new AccountAccess("", "arn:aws:iam::222222222222:role/ami-refresh", "");
    static final Map<String, String> FAMILY = Map.of("ami-refresh:family", "web");

    final FakeHost host = new FakeHost();
    final FakeAccount account = host.self("eu-west-1");

    @BeforeEach
    void anAccountWithTwoTemplates() {
        host.environment.put("AWS_REGION", "eu-west-1");
        account.ami(OLD, Map.of()).ami(NEW, FAMILY);
        account.template(WEB, "web", FAMILY, OLD, OLD, OLD).template(PLAIN, "plain", Map.of(), OLD);
    }

    void built(String region, String ami) {
        JournalFact fact = new JournalFact.AmiBuilt(
                new ImageFamily("web"),
                List.of(new JournalFact.RegionalAmi(new AwsRegion(region), "x86_64", new AmiId(ami))),
                "key",
                false);
        host.append(new JournalEvent("built", FakeHost.START, "buildAmi", fact));
    }

    Progress run(Map<String, ?> given) {
        return host.run(new UpdateLaunchTemplatesStep(), given);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> onlyRow(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        List<Map<String, Object>> rows =
                (List<Map<String, Object>>) ((Progress.Done) progress).result().getOrDefault("templates", List.of());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    /** Why, by launch template. */
    @SuppressWarnings("unchecked")
    static Map<String, String> rows(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        List<Map<String, Object>> rows =
                (List<Map<String, Object>>) ((Progress.Done) progress).result().getOrDefault("templates", List.of());
        Map<String, String> why = new TreeMap<>();
        rows.forEach(row -> why.put(
                row.getOrDefault("launchTemplate", "").toString(),
                row.getOrDefault("why", "").toString()));
        return why;
    }

    static String message(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        String message = ((Progress.Failed) progress).message();
        assertThat(message).doesNotContain("\n").endsWith("; nothing was changed");
        return message;
    }
}
