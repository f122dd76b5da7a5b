package io.jenkins.plugins.amirefresh.simulator.kernel;

/** A refusal as AWS words it; the front writes it in the shape of the caller's protocol. */
public final class AwsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int httpStatus;

    /** @param code AWS's error code on the wire, for example {@code InvalidAMIID.NotFound} */
    public AwsError(String code, int httpStatus, String message) {
        super(message);
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /** The caller's mistake: HTTP 400. */
    public static AwsError client(String code, String message) {
        return new AwsError(code, 400, message);
    }

    /** AWS's error code on the wire. */
    public String code() {
        return code;
    }

    /** The HTTP status of the answer. */
    public int httpStatus() {
        return httpStatus;
    }
}
