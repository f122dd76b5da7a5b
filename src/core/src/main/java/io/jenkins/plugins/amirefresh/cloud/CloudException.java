package io.jenkins.plugins.amirefresh.cloud;

import org.jspecify.annotations.Nullable;

/** AWS refused or did not answer. The message is one line: operation, resource, region, AWS's code and request id. */
public abstract sealed class CloudException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String awsErrorCode;

    private CloudException(String message, String awsErrorCode, @Nullable Throwable cause) {
        super(message, cause);
        this.awsErrorCode = awsErrorCode;
    }

    /** AWS's error code, for example {@code ValidationError}; empty when nothing came back. */
    public String awsErrorCode() {
        return awsErrorCode;
    }

    /** May succeed when the next tick tries again, after a fresh observation. */
    public abstract boolean isTransient();

    /** The call may have taken effect although no answer came back. */
    public abstract boolean isOutcomeUnknown();

    /** The resource does not exist, or not for this caller. */
    public static final class NotFound extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public NotFound(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, cause);
        }

        @Override
        public boolean isTransient() {
            return false;
        }

        @Override
        public boolean isOutcomeUnknown() {
            return false;
        }
    }

    /** The caller lacks a permission, or its credentials are no longer valid. */
    public static final class AccessDenied extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public AccessDenied(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, cause);
        }

        @Override
        public boolean isTransient() {
            return false;
        }

        @Override
        public boolean isOutcomeUnknown() {
            return false;
        }
    }

    /** Too many calls; nothing happened. */
    public static final class Throttled extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public Throttled(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }

        @Override
        public boolean isOutcomeUnknown() {
            return false;
        }
    }

    /** AWS will never accept this request as it is. */
    public static final class InvalidRequest extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public InvalidRequest(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, cause);
        }

        @Override
        public boolean isTransient() {
            return false;
        }

        @Override
        public boolean isOutcomeUnknown() {
            return false;
        }
    }

    /** The resource is busy with something that ends by itself, such as a scaling activity in progress; nothing happened. */
    public static final class Conflict extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public Conflict(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }

        @Override
        public boolean isOutcomeUnknown() {
            return false;
        }
    }

    /** AWS failed or could not be reached; whether the call took effect is unknown. */
    public static final class Unavailable extends CloudException {
        private static final long serialVersionUID = 1L;

        /** @param message one line, complete */
        public Unavailable(String message, String awsErrorCode, @Nullable Throwable cause) {
            super(message, awsErrorCode, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }

        @Override
        public boolean isOutcomeUnknown() {
            return true;
        }
    }
}
