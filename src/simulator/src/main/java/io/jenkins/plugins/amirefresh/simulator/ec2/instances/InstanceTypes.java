package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The instance types the simulator offers in every region. Source: EC2 Instance Types Guide, specifications. */
public final class InstanceTypes {

    private static final List<String> SIZES =
            List.of("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge");
    private static final List<Integer> SIZE_VCPUS = List.of(2, 4, 8, 16, 32, 48, 64);

    private final Map<String, InstanceType> types = new TreeMap<>();

    /** All of them. */
    public InstanceTypes() {
        burstable("t2", List.of(1, 1, 1, 2, 2, 4, 8), "x86_64");
        burstable("t3", List.of(2, 2, 2, 2, 2, 4, 8), "x86_64");
        burstable("t3a", List.of(2, 2, 2, 2, 2, 4, 8), "x86_64");
        burstable("t4g", List.of(2, 2, 2, 2, 2, 4, 8), "arm64");
        for (String generation :
                List.of("4", "5", "5a", "5d", "5n", "6i", "6a", "6id", "6in", "7i", "7a", "7i-flex", "8i")) {
            families(generation, "x86_64");
        }
        for (String generation : List.of("6g", "6gd", "7g", "7gd", "8g")) {
            families(generation, "arm64");
        }
    }

    private void burstable(String family, List<Integer> vcpus, String architecture) {
        List<String> sizes = List.of("nano", "micro", "small", "medium", "large", "xlarge", "2xlarge");
        for (int n = 0; n < sizes.size(); n++) {
            add(new InstanceType(family + "." + sizes.get(n), vcpus.get(n), 512 << n, architecture, true));
        }
    }

    private void families(String generation, String architecture) {
        for (int n = 0; n < SIZES.size(); n++) {
            int vcpus = SIZE_VCPUS.get(n);
            add(new InstanceType("c" + generation + "." + SIZES.get(n), vcpus, vcpus * 2048, architecture, false));
            add(new InstanceType("m" + generation + "." + SIZES.get(n), vcpus, vcpus * 4096, architecture, false));
            add(new InstanceType("r" + generation + "." + SIZES.get(n), vcpus, vcpus * 8192, architecture, false));
        }
    }

    private void add(InstanceType type) {
        types.put(type.name(), type);
    }

    /** By name. */
    public Collection<InstanceType> all() {
        return types.values();
    }

    /**
     * The one with this name.
     *
     * @throws AwsError InvalidParameterValue, as RunInstances words it
     */
    public InstanceType named(String name) {
        return Optional.ofNullable(types.get(name))
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
