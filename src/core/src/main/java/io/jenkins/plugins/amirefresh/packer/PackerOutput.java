package io.jenkins.plugins.amirefresh.packer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Machine-readable output of {@code packer build} and its other commands, whole or in pieces of whole lines. */
public final class PackerOutput {

    /** A provisioner may write a file of megabytes as one line. */
    private static final int LONGEST = 4000;

    private PackerOutput() {}

    /** The machine-readable lines of {@code text}, in order; other lines are left out. */
    public static List<PackerOutputLine> lines(String text) {
        return text.lines()
                .map(PackerOutputLine::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a person wants to see of {@code text}: one entry a line, blank ones left out; foreign lines as they are. */
    public static List<String> humanLines(String text) {
        List<String> shown = new ArrayList<>();
        text.lines().forEach(line -> {
            Optional<PackerOutputLine> parsed = PackerOutputLine.parse(line);
            parsed.map(PackerOutputLine::humanText).orElse(Optional.of(line)).ifPresent(human -> human.lines()
                    .map(String::stripTrailing)
                    .filter(part -> !part.isBlank())
                    .map(PackerOutput::shortened)
                    .forEach(shown::add));
        });
        return List.copyOf(shown);
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST
                ? line
                : line.substring(0, LONGEST) + "... (" + (line.length() - LONGEST) + " characters more)";
    }

    /** The artifacts with AMIs that these lines announce, each once: every post-processor announces it again. */
    public static List<PackerArtifact> artifacts(List<PackerOutputLine> lines) {
        return lines.stream()
                .filter(line -> "artifact".equals(line.type()) && line.data().size() >= 3)
                .filter(line -> "id".equals(line.data().get(1)))
                .map(line -> PackerArtifact.parse(line.target(), line.data().get(2)))
                .filter(artifact -> !artifact.amis().isEmpty())
                .distinct()
                .toList();
    }

    /** Packer's version, of {@code packer version -machine-readable} or without. */
    public static Optional<PackerVersion> version(String text) {
        return lines(text).stream()
                .filter(line -> "version".equals(line.type()) && !line.data().isEmpty())
                .map(line -> PackerVersion.parse(line.data().get(0)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> PackerVersion.parse(text));
    }
}
