package io.jenkins.plugins.amirefresh.cloud;

import org.jspecify.annotations.Nullable;

/** AWS refused or did not answer. The message is one line: operation, resource, region, AWS's code and request id. */
public abstract sealed class CloudException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What became of the call. */
    private enum Fate {
        FINAL,
        NOTHING_HAPPENED,
        OUTCOME_UNKNOWN
    }

    private final String awsErrorCode;
    private final Fate fate;

    private CloudException(String message, String awsErrorCode, Fate fate, @Nullable Throwable cause) {
        super(message, cause);
        this.awsErrorCode = awsErrorCode;
        this.fate = fate;
    }

    /** AWS's error code, for example {@code ValidationError}; empty when nothing came back. */
    public String awsErrorCode() {
        return awsErrorCode;
    }

    /** AWS's own words alone, without what we were doing and its code; the whole message when nothing came back. */
    public String awsText() {
        String message = String.valueOf(getMessage());
        int from = awsErrorCode.isEmpty() ? -1 : message.indexOf(": " + awsErrorCode + ": ");
        if (from < 0) {
            return message;
        }
        String text = message.substring(from + awsErrorCode.length() + 4);
        int end = text.lastIndexOf(" (request id ");
        return end < 0 ? text : text.substring(0, end);
    }

    /** May succeed when the next tick tries again, after a fresh observation. */
    public final boolean isTransient() {
        return fate != Fate.FINAL;
    }

    /** The call may have taken effect although no answer came back. */
    public final boolean isOutcomeUnknown() {
        return fate == Fate.OUTCOME_UNKNOWN;
    }

    /** The resource does not exist, or not for this caller. */
    public static final class NotFound extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public NotFound(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, Fate.FINAL, cause);
        }
    }

    /** The caller lacks a permission, or its credentials are no longer valid. */
    public static final class AccessDenied extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public AccessDenied(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, Fate.FINAL, cause);
        }
    }

    /** Too many calls; nothing happened. */
    public static final class Throttled extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public Throttled(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, Fate.NOTHING_HAPPENED, cause);
        }
    }

    /** AWS will never accept this request as it is. */
    public static final class InvalidRequest extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public InvalidRequest(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, Fate.FINAL, cause);
        }
    }

    /** The resource is busy with something that ends by itself, such as a scaling activity in progress; nothing happened. */
    public static final class Conflict extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public Conflict(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, Fate.NOTHING_HAPPENED, cause);
        }
    }

    /** AWS failed or could not be reached; whether the call took effect is unknown. */
    public static final class Unavailable extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public Unavailable(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, Fate.OUTCOME_UNKNOWN, cause);
        }
    }
}
