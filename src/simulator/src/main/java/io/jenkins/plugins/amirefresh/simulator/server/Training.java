package io.jenkins.plugins.amirefresh.simulator.server;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** What the build runs once to learn which classes {@code simulator.jar} loads: a server with the sample account, and some calls. */
final class Training {
    private static final String[] CALLS = {
        "autoscaling|Action=DescribeAutoScalingGroups&Version=2011-01-01",
        "ec2|Action=DescribeInstances&Version=2016-11-15",
        "ec2|Action=DescribeImages&Owner.1=self&Version=2016-11-15",
        "elasticloadbalancing|Action=DescribeTargetGroups&Version=2015-12-01"
    };

    private Training() {}

    /** Starts, asks, ends. */
    public static void main(String[] arguments) throws IOException {
        try (SimulatorServer server = SimulatorServer.start(Simulator.of(new AccountReader().sample()), 0, 60)) {
            URI endpoint = server.endpoint();
            read((HttpURLConnection)
                    endpoint.resolve("/_simulator/health").toURL().openConnection());
            for (String call : CALLS) {
                int bar = call.indexOf('|');
                ask(endpoint.toURL(), call.substring(0, bar), call.substring(bar + 1));
            }
        }
    }

    private static void ask(URL endpoint, String service, String form) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) endpoint.openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        connection.setRequestProperty(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAMAINEXAMPLE00001/20261122/eu-west-1/" + service
                        + "/aws4_request, SignedHeaders=host, Signature=0");
        connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
        read(connection);
    }

    private static void read(HttpURLConnection connection) throws IOException {
        try (InputStream answer = connection.getInputStream()) {
            answer.readAllBytes();
        }
    }
}
