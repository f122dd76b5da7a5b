package io.jenkins.plugins.amirefresh.simulator.wire;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts for generated requests: ids and names that an account really has, ids that nobody has, and odd ones. */
public final class SampleTexts {

    private static final Pattern ID = Pattern.compile("\\b(?:i|ami|lt|subnet|vpc|sg|vol|snap|eni)-[0-9a-f]{8,17}\\b");
    private static final Pattern ARN = Pattern.compile("arn:aws:[a-z0-9]+:[^\"\\\\ ]+");

    /** What a member's name says about the ids it takes; the first that fits. */
    private static final List<Map.Entry<String, String>> PREFIX_BY_MEMBER = List.of(
            Map.entry("instanceid", "i"),
            Map.entry("imageid", "ami"),
            Map.entry("launchtemplateid", "lt"),
            Map.entry("subnet", "subnet"),
            Map.entry("vpczoneidentifier", "subnet"),
            Map.entry("vpcid", "vpc"),
            Map.entry("groupid", "sg"),
            Map.entry("securitygroup", "sg"),
            Map.entry("volumeid", "vol"),
            Map.entry("snapshotid", "snap"),
            Map.entry("resource", "i"),
            Map.entry("autoscalinggroupname", "group"),
            Map.entry("launchtemplatename", "template"),
            Map.entry("targetgrouparn", "targetgroup"),
            Map.entry("loadbalancerarn", "loadbalancer"),
            Map.entry("listenerarn", "listener"));

    private static final List<String> ODD = List.of(
            "web",
            "shop-web",
            "$Latest",
            "1",
            "0",
            "-1",
            "",
            "tag:Name",
            "instance-state-name",
            "instance-id",
            "image-id",
            "running",
            "*",
            "a b&c=<d>",
            "é\u4e2d",
            "{}",
            "not-json",
            "10.0.0.0/16",
            "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/none/0123456789abcdef",
            "autoscaling:EC2_INSTANCE_LAUNCHING",
            "Launch",
            "resolve:ssm:/none");

    /** For patterns that none of the others matches. */
    private static final List<String> SHAPES = List.of(
            "abcdefgh",
            "abcdefghijklmnopqrst",
            "123456",
            "123456789012",
            "arn:aws:iam::111111111111:role/web",
            "arn:aws:sns:eu-west-1:111111111111:topic",
            "arn:aws:iam::111111111111:mfa/web",
            "/a/b",
            "c2ltdWxhdG9y",
            "2026-11-22",
            "a=b",
            "web-1.2_3",
            "5b1c9f0e-8f5a-4b1e-9d2c-0123456789ab",
            "https://127.0.0.1/a",
            "s3://bucket/key",
            "i-0123456789abcdef0",
            "mi-0123456789abcdef0",
            "ami-0123456789abcdef0",
            "x".repeat(64));

    private final Map<String, List<String>> pools;

    private SampleTexts(Map<String, List<String>> pools) {
        this.pools = pools;
    }

    /** The ids and ARNs in {@code text}, and these names. */
    public static SampleTexts from(String text, List<String> groups, List<String> templates) {
        Map<String, Set<String>> found = new TreeMap<>();
        Matcher ids = ID.matcher(text);
        while (ids.find()) {
            String id = ids.group();
            found.computeIfAbsent(id.substring(0, id.indexOf('-')), prefix -> new TreeSet<>())
                    .add(id);
        }
        Matcher arns = ARN.matcher(text);
        while (arns.find()) {
            String[] parts = arns.group().split(":", 6);
            // Requests that were cut short leave names behind that only begin like an ARN.
            if (parts.length == 6) {
                found.computeIfAbsent(parts[5].split("[/:]", 2)[0], kind -> new TreeSet<>())
                        .add(arns.group());
            }
        }
        Map<String, List<String>> pools = new TreeMap<>();
        found.forEach((kind, values) -> pools.put(kind, List.copyOf(values)));
        pools.put("group", groups);
        pools.put("template", templates);
        return new SampleTexts(pools);
    }

    /** A text that the shape allows; empty when none of ours does. */
    Optional<String> of(Shape.Member member, Shape shape, SplittableRandom random) {
        Shape.Constraints limits = shape.constraints();
        if (!limits.values().isEmpty()) {
            return Optional.of(pick(List.copyOf(limits.values()), random));
        }
        for (int i = 0; i < 8; i++) {
            String candidate = fitted(candidate(member.name(), random), limits);
            if (fits(candidate, limits)) {
                return Optional.of(candidate);
            }
        }
        return SHAPES.stream()
                .map(sample -> fitted(sample, limits))
                .filter(sample -> fits(sample, limits))
                .findFirst();
    }

    private String candidate(String member, SplittableRandom random) {
        String name = member.toLowerCase(Locale.ROOT);
        String kind = PREFIX_BY_MEMBER.stream()
                .filter(entry -> name.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        List<String> pool = pools.getOrDefault(kind, List.of());
        double dice = random.nextDouble();
        if (!pool.isEmpty() && dice < 0.7) {
            return pick(pool, random);
        }
        return !kind.isEmpty() && kind.length() <= 6 && dice < 0.85
                ? kind + "-0" + "%016x".formatted(random.nextLong())
                : pick(ODD, random);
    }

    private static String fitted(String text, Shape.Constraints limits) {
        String longEnough = limits.min() != null && text.length() < limits.min() && limits.min() < 10_000
                ? text + "a".repeat(limits.min().intValue() - text.length())
                : text;
        return limits.max() != null && longEnough.length() > limits.max()
                ? longEnough.substring(0, limits.max().intValue())
                : longEnough;
    }

    private static boolean fits(String text, Shape.Constraints limits) {
        return (limits.min() == null || text.length() >= limits.min())
                && (limits.pattern() == null || limits.pattern().matcher(text).matches());
    }

    private static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
