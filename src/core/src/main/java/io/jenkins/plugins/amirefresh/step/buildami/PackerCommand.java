package io.jenkins.plugins.amirefresh.step.buildami;

import io.jenkins.plugins.amirefresh.model.ImageFamily;
import io.jenkins.plugins.amirefresh.packer.PackerFailure;
import io.jenkins.plugins.amirefresh.packer.PackerOutput;
import io.jenkins.plugins.amirefresh.packer.PackerOutputLine;
import io.jenkins.plugins.amirefresh.packer.PackerVersion;
import io.jenkins.plugins.amirefresh.step.Processes;
import io.jenkins.plugins.amirefresh.step.StepHost;
import io.jenkins.plugins.amirefresh.step.buildami.BuildState.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The one command of a phase: started once, read by offset, shown to people as it goes. */
final class PackerCommand {

    /** Errors stand in the state, which is written at each look. */
    private static final int LONGEST_ERROR = 4000;

    private PackerCommand() {}

    /**
     * What one look at a command found.
     *
     * @param exitCode empty while it runs
     */
    record Ended(BuildState state, OptionalInt exitCode) {

        /** Why it failed, in one line. */
        String explain(StepHost host) {
            if (state.phase() == Phase.INSPECT) {
                return PackerFailure.explain(whole(state, host), exitCode.orElse(-1));
            }
            List<PackerOutputLine> lines = state.errors().stream()
                    .map(PackerOutputLine::parse)
                    .flatMap(Optional::stream)
                    .toList();
            return PackerFailure.explain(lines, exitCode.orElse(0));
        }
    }

    /** The process's key, the same after a restart. */
    static String key(Phase phase, StepHost host) {
        return host.run().stepId() + "/packer-" + phase.name().toLowerCase(Locale.ROOT);
    }

    /** Starts the phase's command unless it was started before. */
    static void start(BuildState state, PackerRun packer, StepHost host) {
        host.processes().start(key(state.phase(), host), packer.command(state), packer.environment(host.environment()));
    }

    /** Everything that a command that has ended wrote; it may hold values of variables, so it goes into no log and no state. */
    static String whole(BuildState state, StepHost host) {
        StringBuilder whole = new StringBuilder();
        long offset = 0;
        while (true) {
            Processes.Output piece = host.processes().poll(key(state.phase(), host), offset);
            whole.append(piece.text());
            if (piece.exitCode().isPresent() || piece.offset() == offset) {
                return whole.toString();
            }
            offset = piece.offset();
        }
    }

    /** Removes what {@code packer inspect} wrote, once it is not needed any more: also values from {@code PKR_VAR_name}. */
    static void forgetInspection(StepHost host) {
        host.processes().forget(key(Phase.INSPECT, host));
    }

    /** Reads what is new. */
    static Ended read(ImageFamily family, BuildState state, StepHost host) {
        Processes.Output output = host.processes().poll(key(state.phase(), host), state.offset());
        if (state.phase() != Phase.VERSION && state.phase() != Phase.INSPECT) {
            PackerOutput.humanLines(output.text()).forEach(line -> host.log(family + ": " + line));
        }
        List<String> errors = output.text()
                .lines()
                .filter(line -> PackerOutputLine.parse(line)
                        .filter(PackerOutputLine::isError)
                        .isPresent())
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_ERROR)))
                .toList();
        BuildState read = state.read(output.offset(), errors, PackerOutput.artifacts(PackerOutput.lines(output.text())))
                .making(state.phase() == Phase.BUILD ? Sweep.named(output.text()) : List.of());
        String version = PackerOutput.version(output.text())
                .filter(found ->
                        state.phase() == Phase.VERSION && state.version().isEmpty())
                .map(PackerVersion::toString)
                .orElse(state.version());
        return new Ended(
                read.knowing(version, state.buildKey(), state.sourceAmi(), state.sourceArchitecture()),
                output.exitCode());
    }
}
