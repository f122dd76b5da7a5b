package io.jenkins.plugins.amirefresh.runner;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code runner.jar}. */
@Command(name = "runner.jar", description = "Runs a Jenkinsfile on this machine.", mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(System.getenv(), out, errors, args));
    }

    /**
     * Runs a command within this JVM. Exit codes: 0 as expected, 1 FAILURE, 2 wrong usage, 3 UNSTABLE, 4 ABORTED.
     *
     * @param environment variables of the machine; of these a build's processes see what finds programs
     */
    public static int run(Map<String, String> environment, PrintWriter out, PrintWriter errors, String... args) {
        return new CommandLine(new Main())
                .addSubcommand(new RehearseCommand(environment))
                .addSubcommand(new VerifyJournalCommand())
                .setOut(out)
                .setErr(errors)
                .setParameterExceptionHandler((problem, given) -> {
                    problem.getCommandLine().getErr().println(problem.getMessage());
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: rehearse or verify-journal (see --help)");
    }
}
