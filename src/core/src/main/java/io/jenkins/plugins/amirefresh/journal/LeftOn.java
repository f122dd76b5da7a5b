package io.jenkins.plugins.amirefresh.journal;

import io.jenkins.plugins.amirefresh.model.AmiId;

/**
 * What a group was left with of the image that it was brought to, when that did not come to its end.
 *
 * @param image what the version that it was brought to launches
 * @param instances how many run it
 * @param launches whether it launches it next
 * @param hasWayBack there is a version to go back to
 */
public record LeftOn(AmiId image, int instances, boolean launches, boolean hasWayBack) {

    /** The end of a row's reason once the image turned out to be bad. */
    public String markedBad(String why) {
        String runs = instances == 0 ? "" : (instances == 1 ? "1 instance runs" : instances + " instances run") + " it";
        String next = launches ? (runs.isEmpty() ? "" : " and ") + "the group launches it next" : "";
        return "; " + image + " is marked bad since, " + runs + next + ": do not go on, "
                + (hasWayBack ? "rollbackAsgs brings it back" : "refresh it with another image") + ": " + why;
    }
}
