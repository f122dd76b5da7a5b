package io.jenkins.plugins.amirefresh.faultruns;

import io.jenkins.plugins.amirefresh.truth.Truth;

/** The sizes of a group as we know them. */
record Sizes(int desired, int max) {

    static Sizes of(Truth.Group group) {
        return new Sizes(group.desired(), group.max());
    }
}
