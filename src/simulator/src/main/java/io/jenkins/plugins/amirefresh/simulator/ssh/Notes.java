package io.jenkins.plugins.amirefresh.simulator.ssh;

import org.apache.sshd.server.session.ServerSession;

/** Takes down what a logged-in client did. */
@FunctionalInterface
interface Notes {
    void note(ServerSession session, String kind, String text, long result);
}
