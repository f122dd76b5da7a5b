package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Which {@link CloudException} an error of AWS is. */
final class CloudErrors {

    private static final int LONGEST_MESSAGE = 400;

    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "IncompleteSignature",
            "OptInRequired",
            "Blocked",
            "PendingVerification");

    // Source: API reference, "Common errors", of EC2 Auto Scaling, STS and Systems Manager; EC2 User Guide, "Error
    // codes".
    private static final Set<String> STALE = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "InvalidClientTokenId",
            "UnrecognizedClientException");

    private static final Set<String> BUSY = Set.of(
            "InstanceRefreshInProgress",
            "ScalingActivityInProgress",
            "ResourceContention",
            "ResourceInUse",
            "ConcurrentTagAccess",
            "OperationInProgress");

    private CloudErrors() {}

    /** The exception for what the SDK threw; its message is one line and complete. */
    static CloudException translate(String operation, String resource, AwsRegion region, SdkException e) {
        String what = operation + (resource.isEmpty() ? "" : " of " + resource) + " in " + region;
        if (e instanceof AwsServiceException answer) {
            return ofAnswer(what, answer);
        }
        String line = what + ": no answer from AWS (" + oneLine(rootMessage(e)) + ")";
        return new CloudException.Unavailable(line, "", e);
    }

    /** The exception for credentials that could not be found before anything was sent. */
    static CloudException withoutCredentials(String operation, String resource, AwsRegion region, SdkException e) {
        if (e instanceof AwsServiceException || e.getCause() instanceof java.io.IOException) {
            return translate(operation, resource, region, e);
        }
        String line = operation + (resource.isEmpty() ? "" : " of " + resource) + " in " + region
                + ": no credentials to call AWS with: give the step credentialsId, set AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, or give the machine an instance profile or role (" + oneLine(rootMessage(e))
                + ")";
        return new CloudException.AccessDenied(line, "", e);
    }

    /** The SDK may send the same request again at once: AWS did not answer, or failed inside. */
    static boolean isWorthSendingAgain(Throwable e) {
        if (e instanceof AwsServiceException answer) {
            return answer.statusCode() >= 500 && !isThrottled(answer) && !BUSY.contains(code(answer));
        }
        return e instanceof SdkClientException || e instanceof java.io.IOException;
    }

    /** AWS no longer knows the credentials of the request; new ones may be good. */
    static boolean isStaleCredentials(SdkException e) {
        return e instanceof AwsServiceException answer && STALE.contains(code(answer));
    }

    private static CloudException ofAnswer(String what, AwsServiceException answer) {
        String code = code(answer);
        String line = what + ": " + code + ": " + oneLine(text(answer)) + requestId(answer);
        if (wasSentBefore(answer) && (isThrottled(answer) || BUSY.contains(code))) {
            return new CloudException.Unavailable(line + ", after a first attempt without an answer", code, answer);
        }
        if (isThrottled(answer)) {
            return new CloudException.Throttled(line, code, answer);
        }
        if (BUSY.contains(code)) {
            return new CloudException.Conflict(line, code, answer);
        }
        if (DENIED.contains(code) || answer.statusCode() == 401 || answer.statusCode() == 403) {
            return new CloudException.AccessDenied(line, code, answer);
        }
        if (isNotFound(code, text(answer))) {
            return new CloudException.NotFound(line, code, answer);
        }
        return answer.statusCode() >= 500
                ? new CloudException.Unavailable(line, code, answer)
                : new CloudException.InvalidRequest(line, code, answer);
    }

    /** What answers a request that was sent again says nothing of the first, which may have taken effect. */
    private static boolean wasSentBefore(AwsServiceException answer) {
        Integer attempts = answer.numAttempts();
        return attempts != null && attempts > 1;
    }

    private static boolean isThrottled(AwsServiceException answer) {
        String code = code(answer);
        return answer.isThrottlingException()
                || code.equals("RequestLimitExceeded")
                || code.startsWith("Throttl")
                || code.equals("TooManyRequestsException");
    }

    // EC2 Auto Scaling has no code for a group or an instance that does not exist: it is a ValidationError whose text
    // says so.
    private static boolean isNotFound(String code, String message) {
        return code.endsWith("NotFound")
                || code.endsWith("NotFoundException")
                || code.equals("InvalidAMIID.Unavailable")
                || code.equals("NoSuchEntity")
                || code.equals("QueueDoesNotExist")
                || code.endsWith("NonExistentQueue")
                || (code.equals("ValidationError")
                        && message.toLowerCase(Locale.ROOT).contains("not found"));
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null
                ? "HTTP " + answer.statusCode()
                : answer.awsErrorDetails().errorCode();
    }

    private static String text(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorMessage() == null
                ? "no message"
                : answer.awsErrorDetails().errorMessage();
    }

    private static String requestId(AwsServiceException answer) {
        return answer.requestId() == null ? "" : " (request id " + answer.requestId() + ")";
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }
}
