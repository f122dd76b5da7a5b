package io.jenkins.plugins.amirefresh.simulator.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** Implemented by services that have a part in a fleet: what runs, what would run next, and what it would run. */
public interface FleetView {

    /** The kinds of rows that it has. */
    enum Kind {
        GROUPS("groups"),
        LAUNCH_TEMPLATES("launchTemplates"),
        IMAGES("images"),
        SERVICES("services"),
        /** Those of no group. */
        INSTANCES("instances");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The member that holds the rows. */
        public String text() {
            return text;
        }
    }

    /** Appends the rows of one kind and place, in a stable order; none when they are another service's. */
    void show(Kind kind, AccountRegion at, ArrayNode rows);
}
