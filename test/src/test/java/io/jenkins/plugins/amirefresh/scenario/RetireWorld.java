package io.jenkins.plugins.amirefresh.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A random account with images of two families in two regions, some of which something needs: what and why is rolled here, and
 * known without reading anything.
 */
final class RetireWorld {

    private static final List<String> REGIONS = List.of("eu-west-1", "eu-west-2");

    private final Random dice;
    private final StringBuilder yaml = new StringBuilder();
    private final Set<String> needed = new HashSet<>();
    private final List<String> all = new ArrayList<>();
    private final List<Call> byHand = new ArrayList<>();
    private final List<Call> meanwhile = new ArrayList<>();
    private final StringBuilder neighbour = new StringBuilder();
    private int names;

    /** A call of the owner's, its input with single quotes. */
    record Call(String region, String service, String operation, String input) {}

    private RetireWorld(long seed) {
        this.dice = new Random(seed);
    }

    static RetireWorld of(long seed) {
        RetireWorld world = new RetireWorld(seed);
        world.yaml.append("start: \"2026-03-03T06:00:00Z\"\nseed: " + seed + "\naccounts:\n");
        world.yaml.append("  - id: \"111111111111\"\n    regions:\n");
        REGIONS.forEach(world::region);
        world.yaml.append(
                "  - id: \"222222222222\"\n    roles: [{name: ami-refresh}]\n    regions:\n" + world.neighbour);
        return world;
    }

    String yaml() {
        return yaml.toString();
    }

    List<Call> byHand() {
        return byHand;
    }

    /** What happens after images were disabled. */
    List<Call> meanwhile() {
        return meanwhile;
    }

    /** How the images are in the end, by id; one that is missing is gone. */
    Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>();
        all.stream().filter(needed::contains).forEach(id -> expected.put(id, "available"));
        return expected;
    }

    private void region(String region) {
        List<String> images = new ArrayList<>();
        StringBuilder declared = new StringBuilder("        images:\n");
        for (String family : List.of("web", "api")) {
            String newest = "";
            int count = 1 + dice.nextInt(5);
            for (int age = 1; age <= count; age++) {
                String id = String.format("ami-%017x", all.size() + 1);
                boolean isBad = dice.nextInt(8) == 0;
                boolean isKept = dice.nextInt(12) == 0;
                declared.append("          - {name: " + family + "-" + age + "-" + region + ", id: " + id + ", age: "
                        + age
                        + "d, tags: {\"ami-refresh:family\": " + family + (isBad ? ", \"ami-refresh:bad\": it is" : "")
                        + (isKept ? ", \"ami-refresh:keep\": an audit" : "") + "}}\n");
                all.add(id);
                images.add(id);
                newest = newest.isEmpty() && !isBad ? id : newest;
                if (isKept) {
                    needed.add(id);
                }
            }
            needed.add(newest);
        }
        yaml.append("      - name: " + region + "\n" + declared);
        templates(region, images);
        others(region, images);
    }

    private String any(List<String> images) {
        return images.get(dice.nextInt(images.size()));
    }

    /** Templates with several versions, and groups that name one of them, some after a refresh. */
    private void templates(String region, List<String> images) {
        StringBuilder groups = new StringBuilder("        autoScalingGroups:\n");
        yaml.append("        launchTemplates:\n");
        int count = 1 + dice.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<String> versions = new ArrayList<>();
            for (int version = 1 + dice.nextInt(4); version > 0; version--) {
                versions.add(any(images));
            }
            String id = String.format("lt-%017x", ++names);
            int byDefault = 1 + dice.nextInt(versions.size());
            yaml.append("          - {name: lt-" + names + ", id: " + id + ", defaultVersion: " + byDefault
                    + ", versions: [");
            versions.forEach(image -> yaml.append("{image: " + image + "}, "));
            yaml.append("]}\n");
            needed.add(versions.get(byDefault - 1));
            needed.add(versions.get(versions.size() - 1));
            groups.append(group(id, versions, byDefault));
            fleet(region, id, versions, images);
        }
        yaml.append(groups);
    }

    private String group(String template, List<String> versions, int byDefault) {
        int version = 1 + dice.nextInt(versions.size());
        needed.add(versions.get(version - 1));
        String record = "";
        if (dice.nextInt(3) == 0) {
            int from = 1 + dice.nextInt(versions.size());
            needed.add(versions.get(from - 1));
            record = ", tags: {\"ami-refresh:record\": \"run=weekly-1 template=" + template + " from=" + from + " to="
                    + version + " named=" + version + " default=" + byDefault + " size=0:0:2\"}";
        }
        return "          - {name: asg-" + names + ", launchTemplate: lt-" + names + ", version: " + version
                + ", min: 0, desired: 0, max: 2" + record + "}\n";
    }

    private void fleet(String region, String template, List<String> versions, List<String> images) {
        if (dice.nextInt(4) == 0) {
            int version = 1 + dice.nextInt(versions.size());
            String image = any(images);
            needed.add(versions.get(version - 1));
            needed.add(image);
            byHand.add(new Call(
                    region,
                    "ec2",
                    "CreateFleet",
                    "{'TargetCapacitySpecification': {'TotalTargetCapacity': 0}, 'LaunchTemplateConfigs': [{"
                            + "'LaunchTemplateSpecification': {'LaunchTemplateId': '" + template + "', 'Version': '"
                            + version
                            + "'}, 'Overrides': [{'ImageId': '" + image + "'}]}]}"));
        }
    }

    private void others(String region, List<String> images) {
        if (dice.nextBoolean()) {
            String image = any(images);
            needed.add(image);
            yaml.append("        launchConfigurations: [{name: lc, image: " + image + "}]\n");
        }
        if (dice.nextBoolean()) {
            String image = any(images);
            needed.add(image);
            String state = dice.nextBoolean() ? "running" : "stopped";
            yaml.append("        instances: [{name: one, image: " + image + ", state: " + state + "}]\n");
        }
        if (dice.nextBoolean()) {
            String image = any(images);
            needed.add(image);
            String name = dice.nextBoolean() ? "/images/web" : "golden";
            yaml.append("        parameters: {" + name + ": " + image + "}\n");
        }
        share(region, any(images));
        if (dice.nextInt(3) == 0) {
            String image = any(images);
            needed.add(image);
            meanwhile.add(new Call(
                    region,
                    "ec2",
                    "CreateLaunchTemplate",
                    "{'LaunchTemplateName': 'late', 'LaunchTemplateData': {'ImageId': '" + image + "'}}"));
        }
    }

    /** With a stranger it stays, with the neighbour only while that one launches it. */
    private void share(String region, String image) {
        int kind = dice.nextInt(4);
        neighbour.append("      - {name: " + region + ", launchTemplates: ["
                + (kind == 1 ? "{name: theirs, versions: [{image: " + image + "}]}" : "") + "]}\n");
        if (kind < 3) {
            String who = kind == 0 ? "333333333333" : "222222222222";
            byHand.add(new Call(
                    region,
                    "ec2",
                    "ModifyImageAttribute",
                    "{'ImageId': '" + image + "', 'LaunchPermission': {'Add': [{'UserId': '" + who + "'}]}}"));
        }
        if (kind < 2) {
            needed.add(image);
        }
    }
}
