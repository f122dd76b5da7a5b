package io.jenkins.plugins.amirefresh.step.fleet;

import io.jenkins.plugins.amirefresh.model.GroupObservation;
import io.jenkins.plugins.amirefresh.model.Place;

/** A group as last read, and where it was read. */
public record LocatedGroup(Place place, GroupObservation group) {}
