package io.jenkins.plugins.amirefresh.runner.interpreter;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Names a place in a pipeline's sources, as "Jenkinsfile:12" or "vars/deploy.groovy:3". */
public final class SourcePlace {
    private SourcePlace() {}

    /** The innermost place of a stack trace that lies in a pipeline's sources, or "an unknown place". */
    public static String first(List<StackTraceElement> trace) {
        return trace.stream().flatMap(e -> of(e).stream()).findFirst().orElse("an unknown place");
    }

    /** The places of an exception's stack trace, innermost first. */
    public static Stream<String> all(Throwable failure) {
        return Stream.of(failure.getStackTrace()).flatMap(e -> of(e).stream());
    }

    private static Optional<String> of(StackTraceElement element) {
        String file = element.getFileName();
        if (file == null || element.getLineNumber() <= 0 || file.endsWith(".java")) {
            return Optional.empty();
        }
        String short_ = shorten(file);
        return short_.isEmpty() ? Optional.empty() : Optional.of(short_ + ":" + element.getLineNumber());
    }

    /** Keeps what a reader knows: the file's name, with its folder for a library's files. */
    private static String shorten(String file) {
        String path = file.replace('\\', '/');
        for (String folder : List.of("/vars/", "/src/")) {
            int at = path.lastIndexOf(folder);
            if (at >= 0 && path.endsWith(".groovy")) {
                return path.substring(at + 1);
            }
        }
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        boolean isOurs = name.endsWith(".cps") || name.endsWith(".java") || name.startsWith("CpsDefaultGroovy");
        return isOurs ? "" : name;
    }
}
