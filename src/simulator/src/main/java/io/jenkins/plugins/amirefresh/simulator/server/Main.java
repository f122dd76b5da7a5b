package io.jenkins.plugins.amirefresh.simulator.server;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFileException;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredGroup;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code simulator.jar}. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        version = "AMI Refresh simulator",
        sortOptions = false,
        description = {
            "An AWS account that runs on this machine: EC2, Auto Scaling, both Elastic Load Balancings, STS,",
            "Systems Manager, SQS and CloudWatch alarms on a loopback port.",
            "Any AWS client works: set AWS_ENDPOINT_URL to the printed endpoint, and any region and credentials."
        },
        footer = {
            "",
            "In a browser: /_simulator shows groups, instances by version, refreshes, the clock and the last calls.",
            "Control: GET /_simulator/health, clock, overview, state, fleet, calls, events, ssh, lowest-healthy,",
            "         probe?url=http://ADDRESS/PATH, account.schema.json",
            "         (an HTTP client whose proxy is the simulator asks ADDRESS itself);",
            "         POST /_simulator/clock with {\"advance\": \"10m\"}, {\"advanceTo\": \"...\"} or {\"speed\": 60}.",
            "Exit codes: 2 for wrong usage or an account file that is not right, 1 when the port cannot be bound."
        })
public final class Main implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4566",
            description = "Port on loopback; 0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--account",
            paramLabel = "FILE",
            description = "What the account holds (YAML). Default: the sample account of the rehearsal")
    private @Nullable Path account;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Simulated seconds a real second; 0 stands still until advanced. Default: ${DEFAULT-VALUE}")
    private double speed;

    @Option(names = "--schema", description = "Print the JSON schema of account files and end")
    private boolean schema;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Starts the simulator; the server's thread keeps the program alive. */
    public static void main(String[] arguments) {
        int exit = commandLine().execute(arguments);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler((wrong, arguments) -> {
                    wrong.getCommandLine().getErr().println(wrong.getMessage() + "; see --help");
                    return 2;
                })
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    if (problem instanceof AccountFileException || problem instanceof UncheckedIOException) {
                        command.getErr().println(problem.getMessage());
                        command.getErr().flush();
                        return problem instanceof AccountFileException ? 2 : 1;
                    }
                    throw problem;
                });
    }

    @Override
    public Integer call() {
        if (schema) {
            spec.commandLine().getOut().println(AccountReader.schemaText());
            spec.commandLine().getOut().flush();
            return 0;
        }
        if (port < 0 || port > 65_535) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--port must be from 0 to 65535, not " + port);
        }
        if (!(speed >= 0) || speed > 1_000_000) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--speed must be from 0 to 1000000, not " + speed);
        }
        AccountReader reader = new AccountReader();
        AccountFile file = account == null ? reader.sample() : reader.read(account);
        SimulatorServer server = SimulatorServer.start(Simulator.of(file), port, speed);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "simulator-close"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("AMI Refresh simulator: " + server.endpoint());
        out.println(summary(file));
        out.flush();
        return 0;
    }

    private static String summary(AccountFile file) {
        List<DeclaredGroup> groups = file.accounts().stream()
                .flatMap(declared -> declared.regions().stream())
                .flatMap(region -> region.autoScalingGroups().stream())
                .toList();
        int instances = groups.stream().mapToInt(DeclaredGroup::desired).sum();
        return file.source() + ": " + file.accounts().size() + " accounts, " + groups.size() + " groups, " + instances
                + " instances; simulated time starts at " + file.start();
    }
}
