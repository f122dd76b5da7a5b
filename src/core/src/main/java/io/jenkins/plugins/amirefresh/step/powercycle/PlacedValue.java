package io.jenkins.plugins.amirefresh.step.powercycle;

import io.jenkins.plugins.amirefresh.model.Place;

/** The value of a schedule's tag, and where something has it. */
record PlacedValue(Place place, String account, String value) {}
