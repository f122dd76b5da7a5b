package io.jenkins.plugins.amirefresh.test.parameters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.amirefresh.journal.Json;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.runner.host.SlackRefusals;
import io.jenkins.plugins.amirefresh.runner.rehearsal.AccountRehearsal;
import io.jenkins.plugins.amirefresh.runner.rehearsal.RehearsalOptions;
import io.jenkins.plugins.amirefresh.runner.world.InProcessWorld;
import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.step.catalog.StepCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One rehearsal of one call, and what can be seen of it: calls, rows, the fleet's end, Slack, files, console and times. */
final class Trial {

    private static final Path RESOURCES = Path.of("src/test/resources/parameters");
    private static final Path PACKER = Path.of("../resources/packer");

    private static final Map<String, String> BEFORE = before(
            "", "",
            "own", "checkout scm",
            "files", "checkout scm",
            "built", "buildAmi family: 'web', variables: [source_ami_name: 'base-1']; sleep time: 5, unit: 'MINUTES'",
            "refreshed", "recycleAsgs asgs: 'web', strategy: 'out-in'",
            "all refreshed", "recycleAsgs environments: 'dev,prod', strategy: 'out-in'",
            "broken", "recycleAsgs asgs: 'breaks', strategy: 'out-in', instanceTimeLimit: '2m'",
            "later", "sleep 60",
            "planned", "recycleAsgs asgs: 'web', strategy: 'rolling', dryRun: true",
            "aborted", "",
            "deaf", "");

    private static Map<String, String> before(String... namesAndSteps) {
        Map<String, String> before = new TreeMap<>();
        for (int i = 0; i < namesAndSteps.length; i += 2) {
            before.put(namesAndSteps[i], namesAndSteps[i + 1]);
        }
        return before;
    }

    private final Path folder;
    private final List<String> seen = new ArrayList<>();

    private Trial(Path folder) {
        this.folder = folder;
    }

    /** Everything that can be seen of a run, a line each. */
    static List<String> of(Path folder, String before, String call) throws Exception {
        return new Trial(Files.createDirectories(folder)).run(before, call);
    }

    private List<String> run(String before, String call) throws Exception {
        String first = BEFORE.get(before);
        if (first == null) {
            throw new IllegalArgumentException("nothing is known to do before by the name " + before);
        }
        Path jenkinsfile = Files.writeString(folder.resolve("Jenkinsfile"), pipeline(first, call));
        copy(PACKER, folder.resolve("own"));
        Files.writeString(folder.resolve("more.pkrvars.hcl"), "source_ami_name = \"base-arm\"\n");
        AccountFile account = new AccountReader().read(RESOURCES.resolve("account.yaml"));
        Simulator simulator = Simulator.of(account);
        Path out = folder.resolve("out");
        RehearsalOptions options = RehearsalOptions.of(jenkinsfile, out.resolve("build"))
                .withEnvironment(Map.of("PATH", ""))
                .withCredentials(new TreeMap<>(Map.of("other", Credential.standIn("AKIAOTHERACCOUNT0001:secret"))))
                .withSlackRefusals(SlackRefusals.parse(before.equals("deaf") ? "channel_not_found" : ""))
                .withAbortAt(before.equals("aborted") ? account.start().plusSeconds(150) : null);
        StringBuilder console = new StringBuilder();
        try (InProcessWorld world = new InProcessWorld(simulator, account.start(), List.of())) {
            BuildResult result =
                    new AccountRehearsal(options, world, StepCatalog.all(), out, false).run(List.of(console));
            seen.add("build " + result);
            console.toString()
                    .lines()
                    .forEach(line -> seen.add(line.matches("(RESULT|ERROR:).*") ? line : "say " + line));
            took();
            files(out);
            world(out);
            refreshes(simulator);
        }
        return seen;
    }

    private static String pipeline(String first, String call) {
        return """
                withEnv(['AMI_REFRESH_REGIONS=eu-west-1', 'AMI_REFRESH_WINDOWS=ignore', 'AMI_REFRESH_FAIL_ON=none']) {
                    node {
                        %s
                        def result = %s
                        echo "RESULT ${result}"
                    }
                }
                """
                .formatted(first, call);
    }

    private void took() throws IOException {
        JsonNode report = read("report.json");
        Duration took = Duration.between(
                Instant.parse(report.path("startedAt").asText()),
                Instant.parse(report.path("endedAt").asText()));
        seen.add("took " + (took.toHours() > 0 ? took.toHours() + " h" : took.toMinutes() + " min"));
        report.path("groups")
                .forEach(row -> seen.add("row "
                        + row.path("autoScalingGroupName").asText() + " "
                        + row.path("outcome").asText() + " "
                        + row.path("strategy").asText() + " floor="
                        + row.path("floor").asText() + " " + row.path("reason").asText()));
    }

    private void world(Path out) throws IOException {
        JsonNode fleet = read("fleet.json");
        for (JsonNode group : fleet.path("groups")) {
            seen.add("group " + group.path("account").asText() + " "
                    + group.path("region").asText() + " "
                    + group.path("autoScalingGroupName").asText() + " launches="
                    + group.path("launches").asText() + " desired="
                    + group.path("desired").asText() + " suspended="
                    + texts(group.path("suspendedProcesses")));
        }
        for (JsonNode template : fleet.path("launchTemplates")) {
            seen.add("template " + template.path("name").asText() + " latest="
                    + template.path("latest").asText() + " default="
                    + template.path("default").asText() + " "
                    + template.path("defaultImageName").asText());
        }
        for (JsonNode call : read("calls.json")) {
            seen.add("call " + call.path("account").asText() + " "
                    + call.path("region").asText() + " "
                    + call.path("service").asText() + " "
                    + call.path("operation").asText()
                    + (call.path("mutating").asBoolean() ? " mutating" : ""));
        }
        for (String line : Files.readAllLines(out.resolve("slack.jsonl"))) {
            JsonNode post = Json.mapper().readTree(line);
            JsonNode attachment = post.path("attachments").path(0);
            seen.add("slack #" + post.path("channel").asText() + " "
                    + attachment.path("color").asText() + " "
                    + post.path("text").asText());
        }
    }

    private static String texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.isTextual() ? node.asText() : node.toString()));
        return String.join("+", texts);
    }

    private void files(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            files.filter(Files::isRegularFile).forEach(file -> seen.add("file " + out.relativize(file)));
        }
    }

    /** What AWS was asked for, as it tells it: the record of calls has no parameters. */
    private void refreshes(Simulator simulator) {
        for (String group : List.of("web", "guarded")) {
            var input = JsonNodeFactory.instance.objectNode().put("AutoScalingGroupName", group);
            call(simulator, "autoscaling", "DescribeInstanceRefreshes", input)
                    .path("InstanceRefreshes")
                    .forEach(refresh -> seen.add("refresh " + group + " "
                            + refresh.path("Status").asText() + " " + refresh.path("Preferences")));
        }
        for (String template : List.of("alias", "shop-web")) {
            var input = JsonNodeFactory.instance.objectNode().put("LaunchTemplateName", template);
            call(simulator, "ec2", "DescribeLaunchTemplateVersions", input)
                    .path("LaunchTemplateVersions")
                    .forEach(version -> seen.add("version " + template + " "
                            + version.path("VersionNumber").asText() + " "
                            + version.path("LaunchTemplateData").path("ImageId").asText() + " "
                            + version.path("LaunchTemplateData")
                                    .path("InstanceType")
                                    .asText() + " "
                            + version.path("VersionDescription").asText()));
        }
    }

    private static JsonNode call(
            Simulator simulator,
            String service,
            String operation,
            com.fasterxml.jackson.databind.node.ObjectNode input) {
        Caller caller = new Caller("111111111111", "eu-west-1", "arn:aws:iam::111111111111:user/test", "test");
        return simulator.call(service, operation, input, caller);
    }

    private JsonNode read(String name) throws IOException {
        return Json.mapper().readTree(folder.resolve("out").resolve(name).toFile());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
