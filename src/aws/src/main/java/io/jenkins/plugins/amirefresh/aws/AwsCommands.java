package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.CloudException;
import io.jenkins.plugins.amirefresh.cloud.Commands;
import io.jenkins.plugins.amirefresh.model.InstanceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/** Run Command over the AWS SDK. */
final class AwsCommands implements Commands {

    // Source: Systems Manager API Reference, "SendCommand", "GetCommandInvocation".
    private static final String NOT_MANAGED = "InvalidInstanceId";
    private static final String NOT_THERE_YET = "InvocationDoesNotExist";

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsCommands(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Optional<String> send(
            String document,
            Map<String, List<String>> parameters,
            List<InstanceId> instances,
            String comment,
            Duration delivery) {
        try {
            return Optional.of(calls.call("SendCommand", document, () -> clients.systemsManagerOnce()
                            .sendCommand(request -> request.documentName(document)
                                    .parameters(parameters)
                                    .instanceIds(instances.stream()
                                            .map(InstanceId::value)
                                            .toList())
                                    .comment(comment.length() <= 100 ? comment : comment.substring(0, 100))
                                    .timeoutSeconds((int) delivery.toSeconds())))
                    .command()
                    .commandId());
        } catch (CloudException e) {
            if (e.awsErrorCode().equals(NOT_MANAGED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<Invocation> invocation(String commandId, InstanceId instance) {
        try {
            return Optional.of(read(calls.call("GetCommandInvocation", commandId, () -> clients.systemsManager()
                    .getCommandInvocation(
                            request -> request.commandId(commandId).instanceId(instance.value())))));
        } catch (CloudException e) {
            if (e.awsErrorCode().equals(NOT_THERE_YET)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Invocation read(GetCommandInvocationResponse answer) {
        String details = Pages.text(answer.statusDetails());
        return new Invocation(
                status(Pages.text(answer.statusAsString()), details),
                details,
                answer.responseCode() == null ? -1 : answer.responseCode(),
                Pages.text(answer.standardOutputContent()),
                Pages.text(answer.standardErrorContent()));
    }

    /** The details tell apart what the status leaves open. Source: Systems Manager User Guide, "Understanding command statuses". */
    private static Status status(String status, String details) {
        return switch (details.isEmpty() ? status : details.replace(" ", "")) {
            case "Pending", "Delayed" -> Status.PENDING;
            case "InProgress", "Cancelling", "Canceling" -> Status.IN_PROGRESS;
            case "Success", "Failed" -> Status.ENDED;
            case "DeliveryTimedOut",
                    "Undeliverable",
                    "InvalidPlatform",
                    "AccessDenied",
                    "Terminated",
                    "RateExceeded",
                    "NoInstancesInTag" -> Status.UNDELIVERED;
            case "ExecutionTimedOut", "TimedOut", "Cancelled", "Canceled", "Incomplete" -> Status.STOPPED;
            default -> ofStatus(status);
        };
    }

    private static Status ofStatus(String status) {
        return switch (status) {
            case "Success", "Failed" -> Status.ENDED;
            case "TimedOut", "Cancelled" -> Status.STOPPED;
            case "InProgress", "Cancelling" -> Status.IN_PROGRESS;
            default -> Status.PENDING;
        };
    }
}
