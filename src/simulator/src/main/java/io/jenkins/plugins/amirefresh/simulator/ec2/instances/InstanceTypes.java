package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The instance types the simulator offers in every region: those that {@code instance-types.txt} beside this class lists. */
public final class InstanceTypes {

    private static final Map<String, InstanceType> TYPES = read();

    private static Map<String, InstanceType> read() {
        Map<String, InstanceType> types = new TreeMap<>();
        try (InputStream in = InstanceTypes.class.getResourceAsStream("instance-types.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(InstanceTypes::family)
                    .forEach(type -> types.put(type.name(), type));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return Collections.unmodifiableMap(types);
    }

    private static Stream<InstanceType> family(String line) {
        List<String> words = List.of(line.split(" ", -1));
        String name = words.get(0).replace("+", "");
        boolean bursts = words.get(0).endsWith("+");
        int memoryPerVcpu = Integer.parseInt(words.get(2));
        return words.subList(3, words.size()).stream().map(word -> {
            List<String> size = List.of(word.split(":", -1));
            int vcpus = size.size() > 1 ? Integer.parseInt(size.get(1)) : vcpus(word);
            int memory = size.size() > 2 ? Integer.parseInt(size.get(2)) : vcpus * memoryPerVcpu;
            return new InstanceType(name + "." + size.get(0), vcpus, memory, words.get(1), bursts);
        });
    }

    /** large has 2, xlarge 4, Nxlarge N times 4. */
    private static int vcpus(String size) {
        String multiple = size.substring(0, size.indexOf("large")).replace("x", "");
        int xlarges = multiple.isEmpty() ? 1 : Integer.parseInt(multiple);
        return size.equals("large") ? 2 : 4 * xlarges;
    }

    /** By name. */
    public Collection<InstanceType> all() {
        return TYPES.values();
    }

    /**
     * The one with this name.
     *
     * @throws AwsError InvalidParameterValue, as RunInstances words it
     */
    public InstanceType named(String name) {
        return Optional.ofNullable(TYPES.get(name))
                .orElseThrow(() ->
                        AwsError.client("InvalidParameterValue", "Invalid value '" + name + "' for InstanceType."));
    }

    /**
     * One type.
     *
     * @param memory MiB
     */
    public record InstanceType(String name, int vcpus, int memory, String architecture, boolean burstable) {

        /** Whether an AMI of this architecture starts on it. */
        public boolean runs(String imageArchitecture) {
            return architecture.equals(imageArchitecture)
                    || (imageArchitecture.equals("i386") && architecture.equals("x86_64"));
        }
    }
}
