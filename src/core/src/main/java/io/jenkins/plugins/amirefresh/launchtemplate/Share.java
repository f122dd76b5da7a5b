package io.jenkins.plugins.amirefresh.launchtemplate;

import java.util.List;

/**
 * Which users of a template one new version of it is for, where it gets more than one.
 *
 * @param number of several versions of one template the how-manieth, from 0
 * @param names how they name versions: {@code 3}, {@code $Default}; empty when it is for all
 */
public record Share(int number, List<String> names) {

    /** A template gets one version, which is for all. */
    public static final Share ALL = new Share(0, List.of());

    /** Copies the list. */
    public Share {
        names = List.copyOf(names);
    }
}
