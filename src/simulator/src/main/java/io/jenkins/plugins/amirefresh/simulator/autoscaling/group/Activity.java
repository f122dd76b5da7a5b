package io.jenkins.plugins.amirefresh.simulator.autoscaling.group;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One scaling activity; changes until it ends. */
public final class Activity {

    private final String id;
    private final String cause;
    private final Instant started;
    private final String details;
    private String description;
    private String statusCode = "InProgress";
    private String statusMessage = "";
    private int progress;
    private @Nullable Instant ended;

    /** @param details JSON text: subnet and Availability Zone */
    public Activity(String id, String description, String cause, Instant started, String details) {
        this.id = id;
        this.description = description;
        this.cause = cause;
        this.started = started;
        this.details = details;
    }

    /** Moves on without ending. */
    public void at(String newStatus, int newProgress) {
        if (ended == null) {
            statusCode = newStatus;
            progress = newProgress;
        }
    }

    /** Names the instance once it is known. */
    public void describe(String newDescription) {
        description = newDescription;
    }

    /** Ends well. */
    public void succeed(Instant now) {
        end("Successful", now);
    }

    /** Ends without what it was for; {@code message} joins the description, as AWS does. */
    public void fail(String status, String message, Instant now) {
        if (ended == null) {
            statusMessage = message;
            description = description + ".  Status Reason: " + message;
        }
        end(status, now);
    }

    private void end(String status, Instant now) {
        if (ended == null) {
            statusCode = status;
            progress = 100;
            ended = now;
        }
    }

    /** A UUID. */
    public String id() {
        return id;
    }

    /** For example {@code Launching a new EC2 instance: i-0abc}. */
    public String description() {
        return description;
    }

    /** Why it began, in AWS's words. */
    public String cause() {
        return cause;
    }

    /** When it began. */
    public Instant started() {
        return started;
    }

    /** When it ended, empty while it runs. */
    public Optional<Instant> ended() {
        return Optional.ofNullable(ended);
    }

    /** For example {@code PreInService}. */
    public String statusCode() {
        return statusCode;
    }

    /** Empty unless it failed. */
    public String statusMessage() {
        return statusMessage;
    }

    /** 0 to 100. */
    public int progress() {
        return progress;
    }

    /** JSON text. */
    public String details() {
        return details;
    }
}
