package io.jenkins.plugins.amirefresh.faultruns;

import java.util.EnumSet;
import java.util.Set;

/** What the product cannot bear yet: the one place where a kind of world, or an invariant, waits for it. */
final class Waiting {

    static final Set<Kind> KINDS = EnumSet.noneOf(Kind.class);
    static final Set<Invariant> INVARIANTS = EnumSet.noneOf(Invariant.class);

    private Waiting() {}
}
