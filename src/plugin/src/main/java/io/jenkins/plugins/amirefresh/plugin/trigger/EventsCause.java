package io.jenkins.plugins.amirefresh.plugin.trigger;

import hudson.model.Cause;
import java.util.ArrayList;
import java.util.List;

/** Events in a queue started a build; the build names their messages, which may be deleted from then on. */
public final class EventsCause extends Cause {

    private final String groups;
    private final List<String> messages;

    EventsCause(List<String> groups, List<String> messages) {
        this.groups = String.join(", ", groups);
        this.messages = new ArrayList<>(messages);
    }

    /** The ids of the messages. */
    public List<String> getMessages() {
        return List.copyOf(messages);
    }

    @Override
    public String getShortDescription() {
        return Messages.EventsCause_description(groups);
    }
}
