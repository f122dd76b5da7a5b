package io.jenkins.plugins.amirefresh.runner.steps.files;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.BuildResult;
import io.jenkins.plugins.amirefresh.runner.files.FileTrees;
import io.jenkins.plugins.amirefresh.runner.files.Globs;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepArguments;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepSignature;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code archiveArtifacts}, {@code stash}, {@code unstash}. */
final class ArtifactSteps {
    private ArtifactSteps() {}

    static List<StepType> all() {
        return List.of(
                StepType.immediate(
                        StepSignature.of("archiveArtifacts")
                                .requires("artifacts")
                                .accepts("allowEmptyArchive", "caseSensitive", "defaultExcludes", "excludes")
                                .accepts("fingerprint", "followSymlinks", "onlyIfSuccessful"),
                        ArtifactSteps::archive),
                StepType.immediate(
                        StepSignature.of("stash")
                                .requires("name")
                                .accepts("includes", "excludes", "allowEmpty", "useDefaultExcludes"),
                        ArtifactSteps::stash),
                StepType.immediate(StepSignature.of("unstash").requires("name"), ArtifactSteps::unstash));
    }

    private static @Nullable Object archive(StepContext context, StepArguments arguments) throws IOException {
        Path directory = context.workplace().path();
        context.print("Archiving artifacts");
        if (arguments.flag("onlyIfSuccessful", false)
                && context.build().currentResult().isWorseThan(BuildResult.UNSTABLE)) {
            context.print("Skipping archiving because build is not successful");
            return null;
        }
        String pattern = arguments.text("artifacts");
        List<Path> files = Globs.find(directory, pattern, arguments.text("excludes"));
        if (files.isEmpty()) {
            String message = "No artifacts found that match the file pattern \"" + pattern + "\". Configuration error?";
            if (!arguments.flag("allowEmptyArchive", false)) {
                throw new AbortException(message);
            }
            context.print(message);
        }
        FileTrees.copy(directory, files, context.build().directory().resolve("archive"));
        return null;
    }

    private static @Nullable Object stash(StepContext context, StepArguments arguments) throws IOException {
        String name = arguments.text("name");
        Path directory = context.workplace().path();
        List<Path> files = Globs.find(directory, arguments.text("includes", "**"), arguments.text("excludes"));
        if (files.isEmpty() && !arguments.flag("allowEmpty", false)) {
            throw new AbortException("No files included in stash \u2018" + name + "\u2019");
        }
        Path stash = place(context, name);
        FileTrees.delete(stash);
        Files.createDirectories(stash);
        FileTrees.copy(directory, files, stash);
        context.print("Stashed " + files.size() + " file(s)");
        return null;
    }

    private static @Nullable Object unstash(StepContext context, StepArguments arguments) throws IOException {
        Path stash = place(context, arguments.text("name"));
        if (!Files.isDirectory(stash)) {
            throw new AbortException("No such saved stash \u2018" + arguments.text("name") + "\u2019");
        }
        FileTrees.copy(stash, Globs.find(stash, "**", ""), context.workplace().path());
        return null;
    }

    private static Path place(StepContext context, String name) throws AbortException {
        if (!name.matches("[\\w. @-]+") || name.startsWith(".")) {
            throw new AbortException("stash: '" + name + "' is no name; use letters, digits, dots and hyphens");
        }
        return context.build().directory().resolve("stashes").resolve(name);
    }
}
