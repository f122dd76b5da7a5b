package io.jenkins.plugins.amirefresh.simulator.front;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import io.jenkins.plugins.amirefresh.simulator.kernel.Caller;
import io.jenkins.plugins.amirefresh.simulator.kernel.Credentials;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import io.jenkins.plugins.amirefresh.simulator.kernel.World;
import io.jenkins.plugins.amirefresh.simulator.wire.Checks;
import io.jenkins.plugins.amirefresh.simulator.wire.CredentialScope;
import io.jenkins.plugins.amirefresh.simulator.wire.Wire;
import io.jenkins.plugins.amirefresh.simulator.wire.WireRequest;
import io.jenkins.plugins.amirefresh.simulator.wire.WireResponse;

/**
 * One HTTP request in AWS's protocols, from bytes to bytes.
 *
 * <p>Thread: confined to the thread that holds the simulator's lock.
 */
public final class ApiFront {

    private final World world;
    private final Wire wire;
    private final Dispatcher dispatcher;
    private final String homeRegion;

    /** @param homeRegion where a request goes that names no region */
    public ApiFront(World world, Wire wire, Dispatcher dispatcher, String homeRegion) {
        this.world = world;
        this.wire = wire;
        this.dispatcher = dispatcher;
        this.homeRegion = homeRegion;
    }

    /** The answer, a refusal in the service's own shape included. */
    public WireResponse handle(WireRequest request) {
        String requestId = world.ids().requestId();
        Wire.Request opened;
        try {
            opened = wire.open(request);
        } catch (AwsError refusal) {
            return Wire.refusal(refusal, requestId);
        }
        try {
            Caller caller = caller(opened);
            // Whoever asks for what nobody does hears that first, before what else is wrong with the request.
            dispatcher.implementation(opened.model(), opened.operation());
            ObjectNode input = opened.input();
            var call = new ServiceCall(
                    opened.model().name(),
                    opened.operation(),
                    input,
                    caller,
                    requestId,
                    request.host(),
                    request.header("user-agent"));
            return Wire.answer(opened, dispatcher.call(opened.model(), call), requestId);
        } catch (AwsError refusal) {
            return Wire.refusal(opened.model(), refusal, requestId);
        }
    }

    private Caller caller(Wire.Request opened) {
        CredentialScope scope = opened.scope();
        Credentials.Principal principal = world.credentials().principal(scope.accessKeyId());
        if (!world.time().now().isBefore(principal.expiresAt())) {
            throw Checks.expired(opened.model());
        }
        String region = scope.region().isEmpty() ? homeRegion : scope.region();
        return new Caller(principal.accountId(), region, principal.arn(), scope.accessKeyId());
    }
}
