package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.ParameterStore;

/** Parameters of Systems Manager over the AWS SDK. */
final class AwsParameterStore implements ParameterStore {

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsParameterStore(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public String value(String name) {
        return Pages.text(calls.call("GetParameter", name, () -> clients.systemsManager()
                        .getParameter(request -> request.name(name).withDecryption(true)))
                .parameter()
                .value());
    }
}
