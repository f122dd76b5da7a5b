package io.jenkins.plugins.amirefresh.runner;

import io.jenkins.plugins.amirefresh.simulator.launch.FastStart;

/** Where {@code java -jar runner.jar} begins. Apart from {@link Main}, so that nothing of it is loaded twice. */
public final class Start {
    private Start() {}

    /** {@link Main#main} in a JVM that starts fast. */
    public static void main(String[] arguments) {
        FastStart.of(Start.class, arguments);
        Main.main(arguments);
    }
}
