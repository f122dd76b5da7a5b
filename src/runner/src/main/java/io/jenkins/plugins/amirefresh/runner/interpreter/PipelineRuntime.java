package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.Build;
import io.jenkins.plugins.amirefresh.runner.build.Console;
import io.jenkins.plugins.amirefresh.runner.process.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything a running program reaches that is not part of it: the build, the console, the steps. One for each build. */
public final class PipelineRuntime {
    private final Build build;
    private final Console console;
    private final StepCatalogue catalogue;
    private final GlobalVariables globals;
    private final ProgramStore store;
    private final LocalProcesses processes = new LocalProcesses();
    private final Map<Class<?>, Object> services = new HashMap<>();
    private final List<Background> background = new ArrayList<>();
    private Program program = new Program();
    private @Nullable PipelineThread current;

    /** Runs code whose classes {@code loader} defines. */
    public PipelineRuntime(
            Build build, Console console, StepCatalogue catalogue, GlobalVariables globals, ClassLoader loader) {
        this.build = build;
        this.console = console;
        this.catalogue = catalogue;
        this.globals = globals;
        this.store = new ProgramStore(this, loader);
    }

    /** The build. */
    public Build build() {
        return build;
    }

    /** The build's console. */
    public Console console() {
        return console;
    }

    /** Steps and symbols. */
    public StepCatalogue catalogue() {
        return catalogue;
    }

    /** Global variables. */
    public GlobalVariables globals() {
        return globals;
    }

    /** Gives steps something of the host, under its type. */
    public <T> void provide(Class<T> type, T service) {
        services.put(type, service);
    }

    /** What the host gives to steps under that type. */
    public <T> T service(Class<T> type) {
        Object service = services.get(type);
        if (service == null) {
            throw new IllegalStateException("this rehearsal provides no " + type.getSimpleName());
        }
        return type.cast(service);
    }

    /** Lets something go on beside the program. */
    public void inBackground(Background work) {
        background.add(work);
    }

    /** What goes on beside the program. */
    public List<Background> background() {
        return List.copyOf(background);
    }

    /** Processes the build has started. */
    public LocalProcesses processes() {
        return processes;
    }

    /**
     * Code that is not transformed, such as the making of a text, called transformed code: the interpreter goes on there
     * and mostly drops the call in between. Source: workflow-cps plugin, {@code CpsVmExecutorService}.
     */
    void warnOfMismatch(
            @Nullable Object expectedReceiver,
            @Nullable String expected,
            @Nullable Object receiver,
            @Nullable String caught) {
        console.print(
                here().branches(),
                here().secrets(),
                "expected to call " + typed(expectedReceiver, expected) + " but wound up catching "
                        + typed(receiver, caught)
                        + "; see: https://jenkins.io/redirect/pipeline-cps-method-mismatches/");
    }

    private static String typed(@Nullable Object receiver, @Nullable String method) {
        if (receiver == null) {
            return String.valueOf(method);
        }
        Class<?> type = receiver instanceof Class<?> named ? named : receiver.getClass();
        return type.getName() + "." + method;
    }

    Program program() {
        return program;
    }

    Invoker invoker() {
        return new ScriptInvoker(this);
    }

    /** Begins to run a script. */
    public void start(PipelineScript script) {
        script.attach(this);
        Continuable main = new Continuable(script, Envs.empty(invoker()));
        program.addThread(main, BlockContext.top(), null).resume(new Outcome(null, null));
    }

    /** How the program ended; empty while it runs. */
    public Optional<Outcome> outcome() {
        return program.outcome();
    }

    /** Runs until every thread waits, then saves the program and goes on with the saved one. */
    public void runUntilSuspended() throws IOException {
        while (program.hasReadyThread()) {
            do {
                program.runReadyThreads(this);
            } while (program.hasReadyThread());
            if (program.outcome().isEmpty()) {
                saveAndReload();
            }
        }
    }

    boolean hasWork() {
        return program.hasReadyThread() || program.outcome().isPresent();
    }

    /** What cannot be saved fails the youngest thread, as in Jenkins; so does what Jenkins could not read at its next start. */
    private void saveAndReload() throws IOException {
        byte[] bytes;
        try {
            bytes = store.write(program);
        } catch (IOException | RuntimeException e) {
            failYoungest(e);
            return;
        }
        Path file = build.directory().resolve("program.dat");
        Files.write(file, bytes);
        try {
            program = store.read(bytes);
        } catch (IOException | RuntimeException e) {
            String type = e.getStackTrace()[0].getClassName();
            failYoungest(new AbortException(
                    "a variable holds a " + type.substring(type.lastIndexOf('.') + 1)
                            + " across this step, which Jenkins could not read after a restart (" + e + ")",
                    e));
        }
    }

    private void failYoungest(Exception cause) {
        List<PipelineThread> threads = program.threads();
        PipelineThread youngest = threads.get(threads.size() - 1);
        youngest.step().ifPresent(step -> step.context().fail(cause));
    }

    /** Calls in progress that wait, oldest first. */
    public List<StepExecution> waiting() {
        return program.threads().stream().flatMap(t -> t.step().stream()).toList();
    }

    /** Interrupts the blocks of a call. */
    public void cancelBodies(StepContext call, Throwable cause) {
        call.bodies().forEach(body -> body.cancel(cause));
    }

    /** Interrupts the build. */
    public void interrupt(Throwable cause) {
        program.interrupt(cause);
    }

    void enter(PipelineThread thread) {
        current = thread;
    }

    PipelineThread currentThread() {
        if (current == null) {
            throw new IllegalStateException("no thread of the program is running");
        }
        return current;
    }

    /** What surrounds the code that is running now. */
    public BlockContext here() {
        return current == null ? BlockContext.top() : current.block();
    }

    /** The environment of the code that is running now. */
    public Map<String, String> environmentHere() {
        return environment(here());
    }

    /** The environment inside {@code block}: the agent's, the build's, what {@code env} set, then the block's. */
    public Map<String, String> environment(BlockContext block) {
        Map<String, String> all = new TreeMap<>(build.settings().environment());
        all.putAll(buildVariables());
        build.parameters().forEach((name, value) -> all.put(name, String.valueOf(value)));
        all.putAll(build.environment());
        Workplace place = block.workplace();
        if (place != null) {
            all.put("NODE_NAME", place.node());
            all.put("WORKSPACE", place.workspace());
            all.put("EXECUTOR_NUMBER", "0");
        }
        block.stage().ifPresent(stage -> all.put("STAGE_NAME", stage.name()));
        all.putAll(block.environment());
        return all;
    }

    private Map<String, String> buildVariables() {
        Map<String, String> variables = new TreeMap<>();
        String job = build.settings().jobName();
        String number = String.valueOf(build.settings().number());
        variables.put("BUILD_NUMBER", number);
        variables.put("BUILD_ID", number);
        variables.put("BUILD_DISPLAY_NAME", build.displayName());
        variables.put("BUILD_TAG", "jenkins-" + job.replace('/', '-') + "-" + number);
        variables.put("BUILD_URL", "http://localhost/job/" + job + "/" + number + "/");
        variables.put("JENKINS_URL", "http://localhost/");
        variables.put("JOB_NAME", job);
        variables.put("JOB_BASE_NAME", job.substring(job.lastIndexOf('/') + 1));
        variables.put("JOB_URL", "http://localhost/job/" + job + "/");
        if (!build.settings().branch().isEmpty()) {
            variables.put("BRANCH_NAME", build.settings().branch());
        }
        return variables;
    }
}
