package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.ec2.resources.Nodes;
import java.util.Locale;

/** The states of an instance, with AWS's codes. Source: EC2 API Reference, InstanceState. */
public enum InstanceState {
    PENDING(0),
    RUNNING(16),
    SHUTTING_DOWN(32),
    TERMINATED(48),
    STOPPING(64),
    STOPPED(80);

    private final int code;

    InstanceState(int code) {
        this.code = code;
    }

    /** AWS's word, for example {@code shutting-down}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** AWS's number. */
    public int code() {
        return code;
    }

    /** Whether it will never run again. */
    public boolean isEnding() {
        return this == SHUTTING_DOWN || this == TERMINATED;
    }

    ObjectNode view() {
        return Nodes.object().put("Code", code).put("Name", text());
    }
}
