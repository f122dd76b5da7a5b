package io.jenkins.plugins.amirefresh.runner.builder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One command of Packer, run in simulated time: each {@link #advance} does what can be done now and never waits.
 *
 * <p>Thread: one at a time.
 */
public final class SimulatedPacker {

    /** What its output says first. */
    public static final String NOTICE = "packer is not on the PATH: building with the simulator's builder";

    private static final String VERSION = "0.0.1";

    private enum Phase {
        STARTING,
        RUNNING,
        STOPPING,
        IMAGING,
        COPYING
    }

    private final List<String> command;
    private final Path workspace;
    private final Map<String, String> environment;
    private final Clock clock;
    private final ImageBuilding ec2;
    private final StringBuilder output = new StringBuilder();
    private final Map<String, String> images = new LinkedHashMap<>();
    private BuilderCommand parsed = new BuilderCommand("", Map.of(), "");
    private Phase phase = Phase.STARTING;
    private String instance = "";
    private OptionalInt exitCode = OptionalInt.empty();
    private boolean interrupted;

    /**
     * A command that has not begun.
     *
     * @param command as Packer would get it, {@code packer build ... template}
     * @param workspace where paths of the command start
     * @param environment the agent's, with variables as {@code PKR_VAR_name}
     */
    public SimulatedPacker(
            List<String> command, Path workspace, Map<String, String> environment, Clock clock, ImageBuilding ec2) {
        this.command = List.copyOf(command);
        this.workspace = workspace;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.ec2 = ec2;
    }

    /** Everything it wrote so far, machine-readable. */
    public String output() {
        return output.toString();
    }

    /** Empty while it runs. */
    public OptionalInt exitCode() {
        return exitCode;
    }

    /** Asks it to end; the next {@link #advance} removes what it made. */
    public void interrupt() {
        interrupted = true;
    }

    /** Goes on as far as it can without waiting. */
    public void advance() {
        if (exitCode.isPresent()) {
            return;
        }
        try {
            if (interrupted) {
                cleanUp();
                fail("Cancelled");
                return;
            }
            step();
        } catch (IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
            cleanUp();
        }
    }

    private void step() {
        switch (phase) {
            case STARTING -> start();
            case RUNNING ->
                whenInstanceIs("running", () -> {
                    say("Stopping the source instance...");
                    ec2.stop(region(), instance);
                    phase = Phase.STOPPING;
                });
            case STOPPING ->
                whenInstanceIs("stopped", () -> {
                    String image = ec2.createImage(region(), instance, name(), description());
                    say("Creating AMI " + name() + " from instance " + instance + ": " + image);
                    images.put(region(), image);
                    phase = Phase.IMAGING;
                });
            case IMAGING -> whenImagesAreAvailable(this::copy);
            case COPYING -> whenImagesAreAvailable(this::finish);
        }
    }

    private void start() {
        parsed = BuilderCommand.parse(command, workspace, environment);
        switch (parsed.name()) {
            case "version" -> {
                write("", "version", VERSION);
                exitCode = OptionalInt.of(0);
            }
            case "inspect" -> {
                parsed.variables().forEach(this::inspect);
                exitCode = OptionalInt.of(0);
            }
            case "init", "validate" -> exitCode = OptionalInt.of(0);
            case "build" -> launch();
            default -> throw new IllegalArgumentException("the simulator's builder has no command " + parsed.name());
        }
    }

    /** In Go's quotes, which are JSON's for what a rehearsal holds. */
    private void inspect(String variable, String value) {
        String text = value.isEmpty() ? "<unknown>" : value;
        output.append("var.")
                .append(variable)
                .append(": ")
                .append(TextNode.valueOf(text))
                .append('\n');
    }

    private void launch() {
        write("", "ui", "say", NOTICE);
        String image = parsed.text("source_ami");
        if (image.isEmpty()) {
            String pattern = parsed.text("source_ami_name");
            image = ec2.newestImage(region(), pattern, parsed.list("source_ami_owners"))
                    .orElseThrow(() -> new IllegalArgumentException("No AMI was found matching name " + pattern));
        }
        String type = parsed.text("instance_type");
        instance = ec2.launch(region(), image, type.isEmpty() ? "t3.micro" : type);
        say("Launching source instance " + instance + " from " + image);
        phase = Phase.RUNNING;
    }

    private void whenInstanceIs(String wanted, Runnable next) {
        String state = ec2.instanceState(region(), instance);
        if (state.equals(wanted)) {
            next.run();
        } else if (state.equals("terminated") || state.equals("shutting-down")) {
            cleanUp();
            throw new IllegalArgumentException(
                    "Error waiting for instance " + instance + ": unexpected state " + state);
        }
    }

    private void whenImagesAreAvailable(Runnable next) {
        for (Map.Entry<String, String> image : images.entrySet()) {
            String state = ec2.imageState(image.getKey(), image.getValue());
            if (state.equals("failed") || state.equals("error")) {
                cleanUp();
                throw new IllegalArgumentException(
                        "Error waiting for AMI " + image.getValue() + ": unexpected state " + state);
            }
            if (!state.equals("available")) {
                return;
            }
        }
        next.run();
    }

    private void copy() {
        String original = images.getOrDefault(region(), "");
        for (String region : parsed.list("copy_to_regions")) {
            String copy = ec2.copyImage(region, region(), original, name(), description());
            say("Copying AMI to " + region + ": " + copy);
            images.put(region, copy);
        }
        phase = Phase.COPYING;
    }

    private void finish() {
        images.forEach((region, image) -> {
            if (!parsed.list("share_with").isEmpty()) {
                ec2.share(region, image, parsed.list("share_with"));
            }
            if (!parsed.map("tags").isEmpty()) {
                ec2.tag(region, image, parsed.map("tags"));
            }
        });
        say("Terminating the source instance...");
        ec2.terminate(region(), instance);
        String id = images.entrySet().stream()
                .map(image -> image.getKey() + ":" + image.getValue())
                .sorted()
                .collect(Collectors.joining(","));
        writeManifest(id);
        write(parsed.build(), "artifact-count", "1");
        write(parsed.build(), "artifact", "0", "id", id);
        write(parsed.build(), "artifact", "0", "end");
        exitCode = OptionalInt.of(0);
    }

    private void writeManifest(String id) {
        if (!parsed.variables().containsKey("manifest")) {
            return;
        }
        // As the post-processor calls it. Source: Packer documentation, "Manifest Post-Processor", output.
        String file = parsed.text("manifest").isEmpty() ? "packer-manifest.json" : parsed.text("manifest");
        String run = "builder-" + clock.instant().toEpochMilli();
        int dot = parsed.build().indexOf('.');
        Map<String, Object> build = new LinkedHashMap<>();
        build.put("name", parsed.build().substring(dot + 1));
        build.put("builder_type", "amazon-ebs");
        build.put("build_time", clock.instant().getEpochSecond());
        build.put("artifact_id", id);
        build.put("packer_run_uuid", run);
        try {
            String json = new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("builds", List.of(build), "last_run_uuid", run));
            Files.writeString(workspace.resolve(file), json + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a manifest as JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void cleanUp() {
        if (!instance.isEmpty()) {
            say("Terminating the source instance...");
            String left = instance;
            instance = "";
            ec2.terminate(region(), left);
        }
    }

    private void fail(String message) {
        write("", "ui", "error", "Build '" + parsed.build() + "' errored: " + message);
        write(parsed.build(), "error", message);
        exitCode = OptionalInt.of(1);
    }

    private String region() {
        String region = parsed.text("region");
        if (region.isEmpty()) {
            throw new IllegalArgumentException("the simulator's builder needs the variable region");
        }
        return region;
    }

    private String name() {
        String given = parsed.text("ami_name");
        return given.isEmpty() ? parsed.text("family") + "-" + clock.instant().getEpochSecond() : given;
    }

    private String description() {
        return parsed.text("family") + " image";
    }

    private void say(String text) {
        write("", "ui", "say", "==> " + parsed.build() + ": " + text);
    }

    private void write(String target, String type, String... data) {
        output.append(clock.instant().getEpochSecond())
                .append(',')
                .append(target)
                .append(',')
                .append(type);
        for (String field : data) {
            output.append(',').append(field.replace(",", "%!(PACKER_COMMA)").replace("\n", "\\n"));
        }
        output.append('\n');
    }
}
