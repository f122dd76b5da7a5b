package io.jenkins.plugins.amirefresh.packer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Why Packer failed, in one line: its own words, what usually causes them, and what to do. */
public final class PackerFailure {

    private static final int LONGEST = 400;

    /** Exit codes of a shell that cannot run the command, and of a signal. */
    private static final int NOT_FOUND = 127;

    private static final int INTERRUPTED = 130;

    private static final List<Cause> CAUSES = List.of(
            cause(
                    "Unsupported block type.*required_plugins",
                    "Packer before 1.7 knows no required_plugins: keep that block in a file of its own, outside the template"),
            cause(
                    "Unknown (source|builder|post-processor|provisioner) type|[Mm]issing plugins?|plugins? .* not (installed|found)",
                    "the plugin is not installed: add a required_plugins block, and packer init installs it"),
            cause("Unset variable", "give the variable in 'variables' or in a file of 'variablesFiles'"),
            cause(
                    "Undefined -var variable|Undefined variable",
                    "the template declares no such variable: correct its name"),
            cause(
                    "Unsupported block type|Unsupported argument|Argument or block definition required|Invalid expression"
                            + "|Missing required argument",
                    "correct the template at that line"),
            cause(
                    "stat .*no such file or directory",
                    "'template' is a path in the agent's workspace; check the file out first"),
            cause(
                    "NoCredentialProviders|no valid credential sources",
                    "the agent has no AWS credentials: give it an instance profile, or run the step in withCredentials with"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
            cause(
                    "ExpiredToken|RequestExpired|token .* expired",
                    "the credentials ended during the build: use an instance profile or a longer session"),
            cause(
                    "UnauthorizedOperation|AccessDenied|not authorized to perform|AuthFailure",
                    "the identity lacks that permission: resources/iam lists what a build needs"),
            cause(
                    "connection refused|no such host|dial tcp",
                    "the agent cannot reach AWS, or AWS_ENDPOINT_URL is wrong"),
            cause(
                    "No AMI was found matching|InvalidAMIID|No image matching",
                    "check the source AMI's name and owners in this region, or that it is shared with this account"),
            cause(
                    "is used by an existing AMI|InvalidAMIName.Duplicate",
                    "AMI names are unique: put the time into ami_name"),
            cause(
                    "VPCIdNotSpecified|[Nn]o default VPC|default subnet",
                    "the region has no default VPC: set subnet_id in the template"),
            cause(
                    "[Tt]imeout waiting for (SSH|WinRM)",
                    "the agent cannot log in: look at the security group, the subnet's route and ssh_username"),
            cause("unable to authenticate", "the instance refused the key: ssh_username is wrong for this source AMI"),
            cause("Script exited with non-zero exit status", "a provisioner failed: its own output is above"),
            cause(
                    "InsufficientInstanceCapacity",
                    "AWS has no such instance type there now: run again, or use another type or availability zone"),
            cause(
                    "VcpuLimitExceeded|InstanceLimitExceeded|ResourceLimitExceeded|SnapshotLimitExceeded|TooManySnapshots",
                    "a quota of the account is used up: raise it or remove what is no longer needed"),
            cause(
                    "Client.InternalError|KMSKeyNotAccessible|KMS\\..*Exception|kms:",
                    "the volume is encrypted with a KMS key that this identity or the other account may not use"),
            cause(
                    "exceeded wait attempts|ResourceNotReady|[Tt]imeout while waiting",
                    "AWS took longer than Packer waits: set AWS_MAX_ATTEMPTS (60 and more) and AWS_POLL_DELAY_SECONDS"),
            cause(
                    "unexpected state|Error waiting for (instance|AMI|snapshot)",
                    "AWS ended it: the state's reason is in the EC2 console"),
            cause("[Cc]ancelled|interrupted", "the build was stopped; Packer's lines above say what it removed"));

    private PackerFailure() {}

    /**
     * The line for a command that failed.
     *
     * @param output everything it wrote that is machine-readable
     * @param exitCode not zero; -1 when it vanished
     */
    public static String explain(List<PackerOutputLine> output, int exitCode) {
        if (exitCode == NOT_FOUND && output.isEmpty()) {
            return "packer is not on the PATH of the agent: install Packer 1.6 or later there";
        }
        String said = said(output)
                .orElse(
                        exitCode == -1
                                ? "its process vanished, as when the agent restarts"
                                : exitCode == INTERRUPTED
                                        ? "it was interrupted"
                                        : "it ended with exit code " + exitCode + " and no message");
        return withCure(said);
    }

    /** The same for a command that writes for people; what stands before the error may be values of variables. */
    public static String explain(String written, int exitCode) {
        int start = written.indexOf("Error");
        String said = start < 0 ? "" : oneLine(written.substring(start));
        return said.isEmpty() ? explain(List.of(), exitCode) : withCure(said);
    }

    private static String withCure(String said) {
        return cure(said).map(cure -> said + " (" + cure + ")").orElse(said);
    }

    /** What to do about a message of Packer or of AWS through Packer. */
    static Optional<String> cure(String message) {
        return CAUSES.stream()
                .filter(cause -> cause.pattern().matcher(message).find())
                .map(Cause::cure)
                .findFirst();
    }

    /** The build's own error first; without one, the first message that is one. */
    private static Optional<String> said(List<PackerOutputLine> output) {
        Stream<String> ofBuilds = output.stream()
                .filter(line -> "error".equals(line.type()))
                .map(line -> (line.target().isEmpty() ? "" : line.target() + ": ") + String.join(",", line.data()));
        Stream<String> others = output.stream()
                .filter(PackerOutputLine::isError)
                .map(line -> line.humanText().orElse(""));
        return Stream.concat(ofBuilds, others)
                .map(PackerFailure::oneLine)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }

    private static Cause cause(String pattern, String cure) {
        return new Cause(Pattern.compile(pattern, Pattern.DOTALL), cure);
    }

    private record Cause(Pattern pattern, String cure) {}
}
