package io.jenkins.plugins.amirefresh.runner.host;

import io.jenkins.plugins.amirefresh.runner.builder.Ec2ImageBuilding;
import io.jenkins.plugins.amirefresh.runner.builder.SimulatedPacker;
import io.jenkins.plugins.amirefresh.runner.world.World;
import io.jenkins.plugins.amirefresh.step.Processes.Output;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Stands in for Packer on a machine that has none: the "processes" of one build, by key. */
final class SimulatedBuilders implements AutoCloseable {
    private static final String PACKER = "packer";
    private static final URI IN_PROCESS = URI.create("http://127.0.0.1");

    private final World world;
    private final Ec2ImageBuilding ec2;
    private final Map<String, SimulatedPacker> builders = new HashMap<>();

    SimulatedBuilders(World world, AwsCredentialsProvider credentials) {
        this.world = world;
        URI endpoint = world.endpoint();
        this.ec2 = new Ec2ImageBuilding(world.http(), endpoint == null ? IN_PROCESS : endpoint, credentials);
    }

    /** Whether a command is Packer's and the agent has no Packer. */
    static boolean standInFor(List<String> command, Map<String, String> environment) {
        if (!command.get(0).equals(PACKER)) {
            return false;
        }
        String path = environment.getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, PACKER)));
    }

    void start(String key, List<String> command, Path workspace, Map<String, String> environment) {
        builders.put(
                key,
                new SimulatedPacker(
                        command, workspace, environment, world.time().clock(), ec2));
    }

    boolean has(String key) {
        return builders.containsKey(key);
    }

    Output poll(String key, long offset) {
        SimulatedPacker builder = builder(key);
        builder.advance();
        byte[] all = builder.output().getBytes(StandardCharsets.UTF_8);
        String text = new String(all, (int) offset, all.length - (int) offset, StandardCharsets.UTF_8);
        return new Output(text, all.length, builder.exitCode());
    }

    void stop(String key) {
        builder(key).interrupt();
    }

    private SimulatedPacker builder(String key) {
        SimulatedPacker builder = builders.get(key);
        if (builder == null) {
            throw new IllegalStateException("no builder was started as " + key);
        }
        return builder;
    }

    @Override
    public void close() {
        ec2.close();
    }
}
