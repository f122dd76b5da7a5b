package io.jenkins.plugins.amirefresh.plugin.host;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.amirefresh.aws.AwsClouds;
import io.jenkins.plugins.amirefresh.aws.AwsConnection;
import io.jenkins.plugins.amirefresh.aws.RequestBuckets;
import io.jenkins.plugins.amirefresh.cloud.CallLog;
import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import io.jenkins.plugins.amirefresh.model.FleetObservation;
import io.jenkins.plugins.amirefresh.model.GroupKey;
import io.jenkins.plugins.amirefresh.plugin.config.AmiRefreshConfiguration;
import io.jenkins.plugins.amirefresh.plugin.report.RunRecords;
import io.jenkins.plugins.amirefresh.step.CallsInJournal;
import io.jenkins.plugins.amirefresh.step.Observer;
import io.jenkins.plugins.amirefresh.step.observe.SharedObserver;
import io.jenkins.plugins.amirefresh.step.parameters.ParameterException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * AWS for all steps of a controller. Clients and observations are shared by builds that use the same identity, and by nobody
 * else: the environment's keys, the Jenkins credentials as this job may see them, or the controller's own identity.
 */
public final class AwsAccess implements AutoCloseable {

    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

    private final Clock clock;
    private final AwsHttp http = new AwsHttp();
    private final RequestBuckets buckets;
    private final Map<Identity, Shared> observers = new ConcurrentHashMap<>();
    private final Map<BuildIdentity, AwsClouds> clouds = new ConcurrentHashMap<>();

    /** @param clock when sessions end and how calls are paced */
    public AwsAccess(Clock clock) {
        this.clock = clock;
        this.buckets = new RequestBuckets(clock);
    }

    /** The account reached by {@code access}, for a step of {@code run} with this environment. */
    public Cloud cloud(Run<?, ?> run, Map<String, String> environment, AccountAccess access, AwsRegion region) {
        return clouds(run, environment, access).cloud(access, region);
    }

    /**
     * The account that a job reaches which has no build yet, by its credentials or the controller's own identity.
     *
     * @throws ParameterException when there are no such credentials, or no such region
     */
    public Cloud cloud(Job<?, ?> job, String credentialsId, String region) {
        AwsRegion where;
        try {
            where = new AwsRegion(region);
        } catch (IllegalArgumentException e) {
            throw ParameterException.of("region", region, "a region such as eu-west-1");
        }
        String name = job.getFullName();
        return clouds.computeIfAbsent(
                        new BuildIdentity(new Identity(name, credentialsId, "", ""), ""),
                        missing -> new AwsClouds(
                                new AwsConnection(
                                        http.client(),
                                        endpoint(Map.of()),
                                        id -> id.isEmpty()
                                                ? DefaultCredentialsProvider.builder().build()
                                                : () -> find(job, id).resolveCredentials(),
                                        clock,
                                        buckets,
                                        AwsConnection.PATIENT,
                                        PluginVersion.text(),
                                        CallLog.NONE),
                                name,
                                0))
                .cloud(new AccountAccess(credentialsId, "", ""), where);
    }

    private static AmazonWebServicesCredentials find(Job<?, ?> job, String credentialsId) {
        return CredentialsProvider.lookupCredentialsInItem(
                        AmazonWebServicesCredentials.class, job, ACL.SYSTEM2, List.of())
                .stream()
                .filter(one -> one.getId().equals(credentialsId))
                .findFirst()
                .orElseThrow(() -> new ParameterException("credentialsId: there are no AWS credentials '" + credentialsId
                        + "' that this job may use; create them in Jenkins or in the job's folder"));
    }

    /** The observer of a step, shared with every step of the same identity. */
    public Observer observer(Run<?, ?> run, Map<String, String> environment) {
        return new Observer() {
            @Override
            public FleetObservation all(AccountAccess access, AwsRegion region) {
                return shared(run, environment, access).all(access, region);
            }

            @Override
            public FleetObservation groups(AccountAccess access, AwsRegion region, Set<GroupKey> groups) {
                return shared(run, environment, access).groups(access, region, groups);
            }

            @Override
            public FleetObservation outlines(AccountAccess access, AwsRegion region) {
                return shared(run, environment, access).outlines(access, region);
            }

            @Override
            public Duration interval() {
                return SharedObserver.INTERVAL;
            }
        };
    }

    /** Closes what a build that ended kept open. */
    public void forget(Run<?, ?> run) {
        // The builds that go on make it anew: an observer must not keep an ended build and its environment.
        observers.values().removeIf(shared -> shared.build().equals(run.getExternalizableId()));
        clouds.entrySet().removeIf(entry -> {
            boolean ended = entry.getKey().build().equals(run.getExternalizableId());
            if (ended) {
                entry.getValue().close();
            }
            return ended;
        });
    }

    @Override
    public void close() {
        clouds.values().forEach(AwsClouds::close);
        clouds.clear();
        observers.clear();
        http.close();
    }

    private SharedObserver shared(Run<?, ?> run, Map<String, String> environment, AccountAccess access) {
        return observers
                .computeIfAbsent(
                        identity(run, environment, access.credentialsId()),
                        missing -> new Shared(
                                new SharedObserver((wanted, region) -> cloud(run, environment, wanted, region), clock),
                                run.getExternalizableId()))
                .observer();
    }

    private AwsClouds clouds(Run<?, ?> run, Map<String, String> environment, AccountAccess access) {
        Identity identity = identity(run, environment, access.credentialsId());
        return clouds.computeIfAbsent(new BuildIdentity(identity, run.getExternalizableId()), missing -> {
            AwsConnection connection = new AwsConnection(
                    http.client(),
                    endpoint(environment),
                    id -> provider(run, environment, id),
                    clock,
                    buckets,
                    AwsConnection.PATIENT,
                    PluginVersion.text(),
                    new CallsInJournal(() -> RunRecords.get().of(run)));
            return new AwsClouds(connection, run.getParent().getFullName(), run.getNumber());
        });
    }

    /** Credentials of a folder are another identity than the same id elsewhere, so the job belongs to it. */
    private static Identity identity(Run<?, ?> run, Map<String, String> environment, String credentialsId) {
        URI endpoint = endpoint(environment);
        String job = credentialsId.isEmpty() ? "" : run.getParent().getFullName();
        String key = credentialsId.isEmpty() ? environment.getOrDefault(ACCESS_KEY, "") : "";
        return new Identity(job, credentialsId, key, endpoint == null ? "" : endpoint.toString());
    }

    private static AwsCredentialsProvider provider(
            Run<?, ?> run, Map<String, String> environment, String credentialsId) {
        if (!credentialsId.isEmpty()) {
            return () -> {
                AwsCredentials found = find(run, credentialsId).resolveCredentials();
                if (found == null) {
                    throw new ParameterException("credentialsId: the AWS credentials '" + credentialsId
                            + "' have neither an access key nor a role; complete them in Jenkins");
                }
                return found;
            };
        }
        String accessKey = environment.getOrDefault(ACCESS_KEY, "");
        if (accessKey.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
        return StaticCredentialsProvider.create(
                token.isEmpty()
                        ? AwsBasicCredentials.create(accessKey, secret)
                        : AwsSessionCredentials.create(accessKey, secret, token));
    }

    /** Looked up anew each time: credentials that an administrator changed in a long wait count from then on. */
    private static AmazonWebServicesCredentials find(Run<?, ?> run, String credentialsId) {
        AmazonWebServicesCredentials found = CredentialsProvider.findCredentialById(
                credentialsId, AmazonWebServicesCredentials.class, run, List.of());
        if (found == null) {
            throw new ParameterException("credentialsId: there are no AWS credentials '" + credentialsId
                    + "' that this job may use; create them in Jenkins or in the job's folder");
        }
        return found;
    }

    private static @Nullable URI endpoint(Map<String, String> environment) {
        String configured = AmiRefreshConfiguration.get().getEndpoint();
        String text = configured.isEmpty() ? environment.getOrDefault("AWS_ENDPOINT_URL", "") : configured;
        return text.isEmpty() ? null : URI.create(text);
    }

    private record Identity(String job, String credentialsId, String accessKey, String endpoint) {}

    /** An observer and the build that made it. */
    private record Shared(SharedObserver observer, String build) {}

    private record BuildIdentity(Identity identity, String build) {}
}
