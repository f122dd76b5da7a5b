package io.jenkins.plugins.amirefresh.runner.library;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Loads shared libraries before a pipeline is compiled: {@code @Library('name') _}. */
@Retention(RetentionPolicy.SOURCE)
public @interface Library {
    /** Names, each with an optional {@code @version}. */
    String[] value();

    /** Ignored: a rehearsal has no changelog. */
    boolean changelog() default true;
}
