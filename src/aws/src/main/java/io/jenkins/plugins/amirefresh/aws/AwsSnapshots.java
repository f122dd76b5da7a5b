package io.jenkins.plugins.amirefresh.aws;

import io.jenkins.plugins.amirefresh.cloud.Snapshots;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The caller's own snapshots over the AWS SDK. */
final class AwsSnapshots implements Snapshots {

    // Source: EC2 API reference, DescribeSnapshots, MaxResults.
    private static final int PAGE = 1000;

    private final AwsCalls calls;
    private final AwsClients clients;

    AwsSnapshots(AwsCalls calls, AwsClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    @Override
    public Map<String, String> tagged(String name) {
        Filter tagged = Filter.builder().name("tag-key").values(name).build();
        Map<String, String> found = new TreeMap<>();
        Pages.all(
                        token -> calls.paced("DescribeSnapshots", "", () -> clients.ec2()
                                .describeSnapshots(request -> request.ownerIds("self")
                                        .filters(tagged)
                                        .maxResults(PAGE)
                                        .nextToken(token))),
                        DescribeSnapshotsResponse::nextToken)
                .stream()
                .flatMap(page -> page.snapshots().stream())
                .forEach(snapshot -> snapshot.tags().stream()
                        .filter(tag -> name.equals(tag.key()))
                        .forEach(tag -> found.put(snapshot.snapshotId(), Pages.text(tag.value()))));
        return found;
    }

    @Override
    public void putTag(Collection<String> ids, String name, String value) {
        if (!ids.isEmpty()) {
            Tag tag = Tag.builder().key(name).value(value).build();
            calls.paced("CreateTags", String.join(", ", ids), () -> clients.ec2()
                    .createTags(request -> request.resources(ids).tags(tag)));
        }
    }

    @Override
    public void removeTag(String id, String name) {
        Tag tag = Tag.builder().key(name).build();
        calls.paced("DeleteTags", id, () -> clients.ec2()
                .deleteTags(request -> request.resources(id).tags(tag)));
    }

    @Override
    public void delete(String id) {
        calls.paced("DeleteSnapshot", id, () -> clients.ec2().deleteSnapshot(request -> request.snapshotId(id)));
    }
}
