package io.jenkins.plugins.amirefresh.step.fakes;

import io.jenkins.plugins.amirefresh.step.Processes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Processes whose output a test scripts by a word of the command, such as {@code build}. */
public final class FakeProcesses implements Processes {

    /** Every command that was started, in order. */
    public final List<String> commands = new ArrayList<>();

    /** The environment of the last one. */
    public Map<String, String> environment = Map.of();

    /** Keys that were asked to end. */
    public final List<String> stopped = new ArrayList<>();

    /** Keys whose output was removed. */
    public final List<String> forgotten = new ArrayList<>();

    private final Map<String, Ending> endings = new LinkedHashMap<>();
    private final Map<String, Ending> running = new LinkedHashMap<>();

    private record Ending(String output, int exitCode) {}

    /** What {@code packer <word>} writes and how it ends; {@code packer version} answers 1.6.6 unless scripted. */
    public FakeProcesses answer(String word, String output, int exitCode) {
        endings.put(word, new Ending(output, exitCode));
        return this;
    }

    /** Nothing runs, as in another build. */
    public void anew() {
        running.clear();
    }

    @Override
    public void start(String key, List<String> command, Map<String, String> added) {
        if (running.containsKey(key)) {
            return;
        }
        commands.add(String.join(" ", command));
        environment = added;
        Ending version = new Ending("1795250747,,version,1.6.6\n", 0);
        running.put(
                key,
                endings.getOrDefault(command.get(1), "version".equals(command.get(1)) ? version : new Ending("", 0)));
    }

    @Override
    public Output poll(String key, long offset) {
        Ending ending = running.get(key);
        if (ending == null) {
            return new Output("", offset, OptionalInt.of(-1));
        }
        int end = Math.min(ending.output().length(), ending.output().indexOf('\n', (int) offset) + 1);
        if (end > offset && end < ending.output().length()) {
            return new Output(ending.output().substring((int) offset, end), end, OptionalInt.empty());
        }
        return new Output(
                ending.output().substring((int) offset), ending.output().length(), OptionalInt.of(ending.exitCode()));
    }

    @Override
    public void stop(String key) {
        stopped.add(key);
    }

    @Override
    public void forget(String key) {
        forgotten.add(key);
        running.computeIfPresent(key, (same, ending) -> new Ending("", ending.exitCode()));
    }
}
