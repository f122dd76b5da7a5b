package io.jenkins.plugins.amirefresh.simulator.ec2;

import io.jenkins.plugins.amirefresh.simulator.Simulator;
import io.jenkins.plugins.amirefresh.simulator.account.AccountFile;
import io.jenkins.plugins.amirefresh.simulator.account.Behaviour;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredAccount;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredImage;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredQuotas;
import io.jenkins.plugins.amirefresh.simulator.account.DeclaredRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** An account with one AMI per architecture, and the SDK's client for it. */
final class Ec2Fixtures {

    static final Instant START = Instant.parse("2026-11-22T17:00:00Z");
    static final String BASE = "ami-0aaaaaaaaaaaaaaaa";
    static final String ARM = "ami-0bbbbbbbbbbbbbbbb";

    private Ec2Fixtures() {}

    static Simulator simulator(Behaviour... behaviours) {
        var images = List.of(image("base", BASE, "x86_64"), image("arm", ARM, "arm64"));
        var region = new DeclaredRegion(
                1,
                "eu-west-1",
                List.of(),
                List.of(),
                images,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of("/ami/web", BASE),
                List.of(),
                new DeclaredQuotas(0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var main = new DeclaredAccount(1, "111111111111", "main", List.of("AKIDMAIN"), List.of(), List.of(region));
        var second = new DeclaredAccount(1, "222222222222", "second", List.of("AKIDSECOND"), List.of(), List.of());
        return Simulator.of(new AccountFile(
                "test",
                START,
                7,
                null,
                List.of(main, second),
                List.of(behaviours),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
    }

    private static DeclaredImage image(String name, String id, String architecture) {
        return new DeclaredImage(1, name, id, "", architecture, Duration.ofDays(7), null, false, null, 8, Map.of());
    }

    static Ec2Client client(Simulator simulator, String accessKeyId) {
        return client(simulator, accessKeyId, Region.EU_WEST_1);
    }

    static Ec2Client client(Simulator simulator, String accessKeyId, Region region) {
        return Ec2Client.builder()
                .region(region)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "secret")))
                .httpClient(simulator.sdkHttpClient())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build();
    }

    static void pass(Simulator simulator, Duration duration) {
        simulator.advanceTo(simulator.now().plus(duration));
    }

    static TagSpecification instanceTag(String key, String value) {
        return TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(Tag.builder().key(key).value(value).build())
                .build();
    }
}
