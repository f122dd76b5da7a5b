package io.jenkins.plugins.amirefresh.simulator.launch;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs the program of a jar in a second JVM that has the flags for a short life: classes from an archive beside the jar
 * ({@code runner.jsa} for {@code runner.jar}, made by the build) and one level of compilation. A jar's manifest cannot say
 * these, and loading and compiling cost more than a rehearsal.
 *
 * <p>To whoever started it there is one program: the same standard streams, exit code and environment; a signal that ends
 * this JVM ends the program, and so does its death. Where that cannot be promised, the program runs in this JVM: with
 * flags or agents of the caller's that two JVMs cannot share, or a command line that cannot be read.
 *
 * <p>Written without lambdas, streams and formatted texts: they would cost more than all else here.
 */
public final class FastStart {
    private static final String PARENT = "ami-refresh.started-by";

    /** What a second JVM can be given as well. A log file, an agent, a port or another collector is not among them. */
    private static final String[] SHARED_FLAGS = {
        "-Xmx",
        "-Xms",
        "-Xss",
        "-D",
        "-ea",
        "-enableassertions",
        "-XX:MaxRAMPercentage=",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+HeapDumpOnOutOfMemoryError",
        "-XX:HeapDumpPath=",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC"
    };

    /** Flags by environment: JVMs take them by themselves, so only whether they can be shared matters. */
    private static final String[] VARIABLES = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"};

    private static final int TERMINATED = 143;

    private FastStart() {}

    /**
     * Runs the program in a second JVM and ends this one with its exit code; returns when the program should run in this
     * JVM instead, which is the second one or stands for it.
     *
     * @param main the class that calls this first thing in its {@code main}
     */
    public static void of(Class<?> main, String[] arguments) {
        String parent = System.getProperty(PARENT);
        if (parent != null) {
            endWith(parent);
            return;
        }
        List<String> command = command(
                main, arguments, ProcessHandle.current().info().arguments().orElse(null), System.getenv());
        if (command != null) {
            run(command);
        }
    }

    /**
     * The second JVM's command line.
     *
     * @param own this JVM's arguments as the operating system knows them, or null
     * @return null when the program should run in this JVM
     */
    static @Nullable List<String> command(
            Class<?> main, String[] arguments, String @Nullable [] own, Map<String, String> environment) {
        String path = System.getProperty("java.class.path", "");
        if (own == null || !path.endsWith(".jar") || path.contains(File.pathSeparator)) {
            return null;
        }
        int flags = own.length - arguments.length - 2;
        if (flags < 0
                || !own[flags].equals("-jar")
                || !own[flags + 1].equals(path)
                || !sharedByEnvironment(environment)) {
            return null;
        }
        File jar = new File(path).getAbsoluteFile();
        String jarPath = jar.getPath();
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home").concat("/bin/java"));
        command.add("-XX:SharedArchiveFile="
                .concat(jarPath.substring(0, jarPath.length() - ".jar".length()))
                .concat(".jsa"));
        // An archive that is missing, damaged, of another JDK or of another jar is left aside, without a word.
        command.add("-Xshare:auto");
        command.add("-Xlog:disable");
        command.add("-Xlog:all=error:stderr");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-D"
                .concat(PARENT)
                .concat("=")
                .concat(Long.toString(ProcessHandle.current().pid())));
        for (int i = 0; i < flags; i++) {
            if (!isShared(own[i])) {
                return null;
            }
            command.add(own[i]);
        }
        command.add("-cp");
        command.add(jarPath);
        command.add(main.getName());
        for (String argument : arguments) {
            command.add(argument);
        }
        return command;
    }

    private static boolean sharedByEnvironment(Map<String, String> environment) {
        for (String variable : VARIABLES) {
            String value = environment.get(variable);
            if (value == null || value.isBlank()) {
                continue;
            }
            for (String flag : value.trim().split("\\s+", -1)) {
                if (!isShared(flag)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isShared(String flag) {
        if (flag.startsWith("-Dcom.sun.management")) {
            return false;
        }
        for (String shared : SHARED_FLAGS) {
            if (flag.startsWith(shared)) {
                return true;
            }
        }
        return false;
    }

    private static void run(List<String> command) {
        Program program = new Program();
        Runtime.getRuntime().addShutdownHook(program);
        try {
            program.process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            Runtime.getRuntime().removeShutdownHook(program);
            return;
        }
        System.exit(program.await());
    }

    /** The second JVM's side: who is killed outright cannot pass that on. */
    private static void endWith(String parent) {
        ProcessHandle starter = ProcessHandle.of(Long.parseLong(parent)).orElse(null);
        if (starter == null) {
            System.exit(TERMINATED);
        } else {
            CompletableFuture<Void> unused = starter.onExit().thenAccept(gone -> System.exit(TERMINATED));
        }
    }

    /** The program, seen from the JVM that stands for it; as a shutdown hook it passes the signal on and its answer back. */
    private static final class Program extends Thread {
        private volatile @Nullable Process process;

        Program() {
            super("program");
        }

        @Override
        public void run() {
            Process started = process;
            if (started != null && started.isAlive()) {
                started.destroy();
                Runtime.getRuntime().halt(await());
            }
        }

        int await() {
            Process started = process;
            while (started != null) {
                try {
                    return started.waitFor();
                } catch (InterruptedException e) {
                    // Nobody interrupts this thread; should somebody, the program goes on all the same.
                }
            }
            return TERMINATED;
        }
    }
}
