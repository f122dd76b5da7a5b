package io.jenkins.plugins.amirefresh.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.amirefresh.step.Probes;
import io.jenkins.plugins.amirefresh.step.Progress;
import io.jenkins.plugins.amirefresh.step.StepHost;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of schedules: a wrong one spoils only itself, a shared one is fetched once and only from where it may be. */
class PowerDocumentTest {

    private static final String PARAMETERS =
            "        parameters: {/power/dev: '{\"start\":\"0 8 * * 1-5\",\"stop\":\"55 17 * * 1-5\"}'}\n";

    private static final String DOCUMENTS =
            """
            documents:
              - {url: "https://config.example.com/power/dev.json", body: '{"start":"0 8 * * 1-5","stop":"55 17 * * 1-5"}'}
              - {url: "https://config.example.com/power/bad.json", body: "{"}
              - {url: "https://config.example.com/power/long.json", body: "LONG"}
              - {url: "https://config.example.com/power/moved.json", status: 302}
              - {url: "https://config.example.com/secret", body: '{"start":"0 8 * * 1-5","stop":"55 17 * * 1-5"}'}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"start":"0 8 * * 1-5"}                                              | its 'stop' is missing
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5"                        | it is no JSON
            {"start":"0 8 * * 1-5","stop":"55 25 * * 1-5"}                       | 25 not in range
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","zone":"Mars"}         | zone 'Mars'
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","zome":"UTC"}          | it has a member 'zome'
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","after":"dbx"}         | 'after' names 'dbx'
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","after":"db"}          | leads back to itself
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","enforce":"maybe"}     | 'enforce' is "maybe"
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","min":-1}              | 'min' is -1
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","holidays":"xmas"}     | holiday 'xmas'
            {"start":"0 8 * * 1-5","stop":"0 8 * * 1-5"}                         | both come at
            {"start":"0 8 * * 1-5","stop":"55 17 * * 1-5","start":"0 9 * * *"}   | Duplicate field
            [1]                                                                  | neither a JSON object nor
            nonsense                                                             | neither a JSON object nor
            http://example.com/dev.json                                          | by https only
            """)
    void whenADocumentIsWrong_thenItSpoilsOnlyItself(String document, String why) {
        // given
        Scenario wrong = Scenario.of(
                "power.yaml",
                text -> text.replaceFirst(
                        "name: db, (.*)'\\{[^']*'", "name: db, $1'" + document.replace("\\", "\\\\") + "'"));
        Power there = new Power(wrong.simulator());
        there.at("2026-03-03T18:00:00Z");

        // when
        Progress progress = wrong.run("powerCycle", Map.of());

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(((Progress.Done) progress).verdict()).isEqualTo(Progress.BuildVerdict.UNSTABLE);
        Map<String, String> states = there.states();
        assertThat(states.remove("db")).isEqualTo("running");
        Map<String, String> others = new TreeMap<>(PowerCycleTest.EVENING);
        others.remove("db");
        assertThat(states).isEqualTo(others);
        assertThat(String.join("\n", wrong.console()))
                .contains("Error processing JSON document: " + document)
                .contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            https://config.example.com/power/dev.json     | https://config.example.com/power/ |
            https://config.example.com/power/dev.json     | https://config.example.com        |
            HTTPS://CONFIG.example.com/power/dev.json     | https://config.example.com/power  |
            ssm:/power/dev                                |                                   |
            https://config.example.com/power/dev.json     |                                   | allowUrls does not allow it
            https://config.example.com/power/dev.json     | https://config.example.com/pow    | allowUrls does not allow it
            https://config.example.com.evil.org/power/dev.json | https://config.example.com   | allowUrls does not allow it
            https://config.example.com:8443/power/dev.json | https://config.example.com       | allowUrls does not allow it
            https://config.example.com/power/../secret    | https://config.example.com/power/ | allowUrls does not allow it
            https://config.example.com/power/%2e%2e/dev.json | https://config.example.com/power/ | allowUrls does not allow it
            https://config.example.com/power/gone.json    | https://config.example.com/power/ | the answer was 404
            https://config.example.com/power/moved.json   | https://config.example.com/power/ | the answer was 302
            https://config.example.com/power/long.json    | https://config.example.com/power/ | it is longer than 2 KiB
            https://config.example.com/power/bad.json     | https://config.example.com/power/ | it is no JSON
            https://nowhere.example.com/power/dev.json    | https://nowhere.example.com/      | Failed to load document
            ssm:/power/nowhere                            |                                   | ParameterNotFound
            """)
    void whenATagNamesADocument_thenItIsFetchedOnceIfItMayBeAndElseSpoilsOnlyItself(
            String value, String allowed, String why) {
        // given
        Scenario shared = Scenario.of(
                "power.yaml",
                text -> text.replace("        images: [{name: app-1}]", PARAMETERS + "        images: [{name: app-1}]")
                                .replaceFirst("name: db, (.*)'\\{[^']*'", "name: db, $1'" + value + "'")
                                .replaceFirst("(name: queue, .*)'\\{[^']*'", "$1'" + value + "'")
                        + DOCUMENTS.replace("LONG", "x".repeat(3000)));
        List<String> fetched = new ArrayList<>();
        shared.hostedBy(host -> new CountingHost(host, fetched));
        Power there = new Power(shared.simulator());
        there.at("2026-03-03T18:00:00Z");

        // when
        Progress progress = shared.run(
                "powerCycle", allowed == null ? Map.of() : Map.of("allowUrls", allowed, "documentSizeLimit", 2));

        // then
        assertThat(progress).isInstanceOf(Progress.Done.class);
        assertThat(fetched).hasSizeLessThanOrEqualTo(1);
        assertThat(there.states())
                .containsEntry("db", why == null ? "stopped" : "running")
                .containsEntry("web", "0/0/8");
        if (why != null) {
            assertThat(String.join("\n", shared.console()))
                    .contains("Error processing JSON document: " + value + " on ASG queue: ")
                    .contains(why);
        }
    }

    /** Counts what is asked of web servers. */
    private static final class CountingHost extends DressedHost {
        private final List<String> fetched;

        CountingHost(StepHost host, List<String> fetched) {
            super(host);
            this.fetched = fetched;
        }

        @Override
        public Probes probes() {
            Probes probes = super.probes();
            return new Probes() {
                @Override
                public Optional<Answer> http(String key, URI uri, Map<String, String> headers, Duration timeLimit) {
                    fetched.add(uri.toString());
                    return probes.http(key, uri, headers, timeLimit);
                }

                @Override
                public Optional<Answer> tcp(String key, String host, int port, Duration timeLimit) {
                    throw new AssertionError("nothing asks so");
                }
            };
        }
    }
}
