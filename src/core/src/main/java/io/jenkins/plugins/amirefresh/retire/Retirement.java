package io.jenkins.plugins.amirefresh.retire;

/** What becomes of an image, and why. */
public record Retirement(Candidate candidate, Stage stage, String why) {}
