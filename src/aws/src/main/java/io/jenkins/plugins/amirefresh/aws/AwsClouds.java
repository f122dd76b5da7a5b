package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Cloud;
import io.jenkins.plugins.amirefresh.model.AccountAccess;
import io.jenkins.plugins.amirefresh.model.AwsRegion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS for one build of a host: one set of clients per identity and region, made at the first use and kept until
 * {@link #close}. Sessions of assumed roles carry the build's name, so CloudTrail tells who did what.
 *
 * <p>Thread: any.
 */
public final class AwsClouds implements AutoCloseable {

    private static final int LONGEST_SESSION_NAME = 64;

    private final AwsConnection connection;
    private final String sessionName;
    private final Map<AccountAccess, AwsIdentity> identities = new ConcurrentHashMap<>();
    private final Map<String, RenewableCredentials> bases = new ConcurrentHashMap<>();
    private final Map<Key, AwsClients> clients = new ConcurrentHashMap<>();
    private final Map<Key, Cloud> clouds = new ConcurrentHashMap<>();

    /**
     * Opens nothing yet.
     *
     * @param jobName the full name of the job
     * @param buildNumber 1 or more
     */
    public AwsClouds(AwsConnection connection, String jobName, int buildNumber) {
        this.connection = connection;
        this.sessionName = sessionName(jobName, buildNumber);
    }

    /**
     * The account reached by {@code access} in {@code region}; makes no call yet.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public Cloud cloud(AccountAccess access, AwsRegion region) {
        Key key = new Key(access, region);
        Cloud known = clouds.get(key);
        return known != null ? known : clouds.computeIfAbsent(key, this::open);
    }

    private Cloud open(Key key) {
        AwsIdentity identity = identities.computeIfAbsent(key.access(), this::identity);
        return new AwsCloud(identity, key.region(), clients(key, identity), connection);
    }

    private AwsIdentity identity(AccountAccess access) {
        RenewableCredentials base = bases.computeIfAbsent(
                access.credentialsId(),
                id -> new RenewableCredentials(connection.credentials().apply(id), connection.clock()));
        AccountAccess own = new AccountAccess(access.credentialsId(), "", "");
        return new AwsIdentity(
                access,
                sessionName,
                base,
                region -> clients.computeIfAbsent(new Key(own, region), key -> new AwsClients(connection, region, base))
                        .sts(),
                connection.clock());
    }

    private AwsClients clients(Key key, AwsIdentity identity) {
        return clients.computeIfAbsent(key, missing -> new AwsClients(connection, missing.region(), identity));
    }

    /** Closes the clients; the host's HTTP client stays open. */
    @Override
    public void close() {
        clients.values().forEach(AwsClients::close);
        clients.clear();
        clouds.clear();
        identities.clear();
        bases.clear();
    }

    /** Letters, digits and {@code =,.@-_}, 64 at most, the end is kept. Source: STS API reference, AssumeRole. */
    static String sessionName(String jobName, int buildNumber) {
        String name = jobName.replaceAll("[^A-Za-z0-9_+=,.@-]+", "-") + "-" + buildNumber;
        return name.length() <= LONGEST_SESSION_NAME ? name : name.substring(name.length() - LONGEST_SESSION_NAME);
    }

    private record Key(AccountAccess access, AwsRegion region) {}
}
