package io.jenkins.plugins.amirefresh.simulator.behavior;

/** Implemented by the service whose machines people log into. */
public interface Shells {

    /** Tells {@code watcher} of every machine that can be logged into now and, from now on, as it comes and goes. */
    void watch(Watcher watcher);

    /** Is told while the simulator's lock is held, so it must not wait. */
    interface Watcher {

        /** The machine has booted and answers. */
        void opened(ShellHost host);

        /** The machine stopped, ended or broke. */
        void closed(ShellHost host);
    }
}
