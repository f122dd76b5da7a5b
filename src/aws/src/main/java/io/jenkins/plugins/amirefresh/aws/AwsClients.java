package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients for one identity in one region, each made at its first use. What is sent twice by the SDK is decided
 * here: reads and calls that are safe to repeat, three attempts, only when AWS failed or did not answer. Throttling is
 * never retried here: the caller's next tick is the retry.
 */
final class AwsClients implements AutoCloseable {

    private static final int ATTEMPTS = 3;
    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    private final AwsConnection connection;
    private final AwsRegion region;
    private final AwsCredentialsProvider credentials;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable Ec2Client ec2;
    private @Nullable AutoScalingClient autoScaling;
    private @Nullable AutoScalingClient autoScalingOnce;
    private @Nullable ElasticLoadBalancingV2Client loadBalancing;
    private @Nullable ElasticLoadBalancingClient classicLoadBalancing;
    private @Nullable StsClient sts;
    private @Nullable SsmClient systemsManager;
    private @Nullable SsmClient systemsManagerOnce;
    private @Nullable CloudWatchClient cloudWatch;
    private @Nullable IamClient identities;
    private @Nullable EcsClient containers;
    private @Nullable EcsClient containersOnce;
    private @Nullable EcrClient containerRegistry;
    private @Nullable SqsClient queues;

    AwsClients(AwsConnection connection, AwsRegion region, AwsCredentialsProvider credentials) {
        this.connection = connection;
        this.region = region;
        this.credentials = credentials;
    }

    synchronized Ec2Client ec2() {
        Ec2Client client = ec2;
        if (client == null) {
            client = opened(() -> configured(Ec2Client.builder(), retrying()).build());
            ec2 = client;
        }
        return client;
    }

    synchronized AutoScalingClient autoScaling() {
        AutoScalingClient client = autoScaling;
        if (client == null) {
            client = opened(
                    () -> configured(AutoScalingClient.builder(), retrying()).build());
            autoScaling = client;
        }
        return client;
    }

    /** For calls that must not be sent twice by themselves: starting a refresh, terminating an instance. */
    synchronized AutoScalingClient autoScalingOnce() {
        AutoScalingClient client = autoScalingOnce;
        if (client == null) {
            client = opened(
                    () -> configured(AutoScalingClient.builder(), sendingOnce()).build());
            autoScalingOnce = client;
        }
        return client;
    }

    synchronized ElasticLoadBalancingV2Client loadBalancing() {
        ElasticLoadBalancingV2Client client = loadBalancing;
        if (client == null) {
            client = opened(() -> configured(ElasticLoadBalancingV2Client.builder(), retrying())
                    .build());
            loadBalancing = client;
        }
        return client;
    }

    synchronized ElasticLoadBalancingClient classicLoadBalancing() {
        ElasticLoadBalancingClient client = classicLoadBalancing;
        if (client == null) {
            client = opened(() ->
                    configured(ElasticLoadBalancingClient.builder(), retrying()).build());
            classicLoadBalancing = client;
        }
        return client;
    }

    synchronized StsClient sts() {
        StsClient client = sts;
        if (client == null) {
            client = opened(() -> configured(StsClient.builder(), retrying()).build());
            sts = client;
        }
        return client;
    }

    synchronized SsmClient systemsManager() {
        SsmClient client = systemsManager;
        if (client == null) {
            client = opened(() -> configured(SsmClient.builder(), retrying()).build());
            systemsManager = client;
        }
        return client;
    }

    /** A command that is sent twice runs twice. */
    synchronized SsmClient systemsManagerOnce() {
        SsmClient client = systemsManagerOnce;
        if (client == null) {
            client = opened(() -> configured(SsmClient.builder(), sendingOnce()).build());
            systemsManagerOnce = client;
        }
        return client;
    }

    synchronized CloudWatchClient cloudWatch() {
        CloudWatchClient client = cloudWatch;
        if (client == null) {
            client = opened(
                    () -> configured(CloudWatchClient.builder(), retrying()).build());
            cloudWatch = client;
        }
        return client;
    }

    /** IAM, sent once: it may be out of reach, and nobody has to wait for that three times. */
    synchronized IamClient identities() {
        IamClient client = identities;
        if (client == null) {
            client = opened(() -> configured(IamClient.builder(), sendingOnce()).build());
            identities = client;
        }
        return client;
    }

    synchronized EcsClient containers() {
        EcsClient client = containers;
        if (client == null) {
            client = opened(() -> configured(EcsClient.builder(), retrying()).build());
            containers = client;
        }
        return client;
    }

    /** For what must not be sent twice by itself: a revision that is registered, a deployment that is forced. */
    synchronized EcsClient containersOnce() {
        EcsClient client = containersOnce;
        if (client == null) {
            client = opened(() -> configured(EcsClient.builder(), sendingOnce()).build());
            containersOnce = client;
        }
        return client;
    }

    synchronized EcrClient containerRegistry() {
        EcrClient client = containerRegistry;
        if (client == null) {
            client = opened(() -> configured(EcrClient.builder(), retrying()).build());
            containerRegistry = client;
        }
        return client;
    }

    synchronized SqsClient queues() {
        SqsClient client = queues;
        if (client == null) {
            client = opened(() -> configured(SqsClient.builder(), retrying()).build());
            queues = client;
        }
        return client;
    }

    private <C extends AutoCloseable> C opened(Supplier<C> make) {
        C client = make.get();
        open.push(client);
        return client;
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
            B builder, RetryStrategy retries) {
        B configured = builder.httpClient(connection.http())
                .region(Region.of(region.value()))
                .credentialsProvider(credentials)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(retries)
                        .defaultProfileFile(NO_PROFILES)
                        .putAdvancedOption(
                                SdkAdvancedClientOption.USER_AGENT_SUFFIX, "ami-refresh/" + connection.version())
                        .build());
        return connection.endpoint() == null ? configured : configured.endpointOverride(connection.endpoint());
    }

    private RetryStrategy retrying() {
        return StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(ATTEMPTS)
                .retryOnException(CloudErrors::isWorthSendingAgain)
                .treatAsThrottling(e -> false)
                .backoffStrategy(connection.backoff())
                .throttlingBackoffStrategy(connection.backoff())
                .build();
    }

    private RetryStrategy sendingOnce() {
        return retrying().toBuilder().maxAttempts(1).build();
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable client : open) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a client of AWS", e);
            }
        }
        open.clear();
    }
}
