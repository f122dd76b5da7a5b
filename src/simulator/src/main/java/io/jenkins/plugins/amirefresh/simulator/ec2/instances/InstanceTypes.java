package io.jenkins.plugins.amirefresh.simulator.ec2.instances;

import io.jenkins.plugins.amirefresh.simulator.kernel.AwsError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The instance types the simulator offers in every region. Source: EC2 Instance Types Guide, specifications. */
public final class InstanceTypes {

    private static final String SIZES = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";

    private final Map<String, InstanceType> types = new TreeMap<>();

    /** All of them. */
    public InstanceTypes() {
        burstable("t2", List.of(1, 1, 1, 2, 2, 4, 8), "x86_64");
        burstable("t3", List.of(2, 2, 2, 2, 2, 4, 8), "x86_64");
        burstable("t3a", List.of(2, 2, 2, 2, 2, 4, 8), "x86_64");
        burstable("t4g", List.of(2, 2, 2, 2, 2, 4, 8), "arm64");
        older();
        for (String generation : List.of("5a", "6i", "6a", "6id", "6in", "7i", "7a", "8i")) {
            families(generation, "x86_64");
        }
        for (String generation : List.of("6g", "6gd", "7g", "7gd", "8g")) {
            families(generation, "arm64");
        }
        family("c7i-flex", 2048, SIZES, "x86_64");
        family("m7i-flex", 4096, SIZES, "x86_64");
    }

    /** Up to the fifth generation each family has sizes of its own. */
    private void older() {
        family("c4", 2048, "large xlarge 2xlarge 4xlarge 8xlarge", "x86_64");
        family("m4", 4096, "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge", "x86_64");
        family("r4", 8192, "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge", "x86_64");
        for (String generation : List.of("5", "5d")) {
            family("c" + generation, 2048, "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge", "x86_64");
            family("m" + generation, 4096, SIZES, "x86_64");
            family("r" + generation, 8192, SIZES, "x86_64");
        }
        family("c5n", 2048, "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge", "x86_64");
        family("m5n", 4096, SIZES, "x86_64");
        family("r5n", 8192, SIZES, "x86_64");
    }

    private void burstable(String family, List<Integer> vcpus, String architecture) {
        List<String> sizes = List.of("nano", "micro", "small", "medium", "large", "xlarge", "2xlarge");
        for (int n = 0; n < sizes.size(); n++) {
            add(new InstanceType(family + "." + sizes.get(n), vcpus.get(n), 512 << n, architecture, true));
        }
    }

    private void families(String generation, String architecture) {
        family("c" + generation, 2048, SIZES, architecture);
        family("m" + generation, 4096, SIZES, architecture);
        family("r" + generation, 8192, SIZES, architecture);
    }

    private void family(String family, int memoryPerVcpu, String sizes, String architecture) {
        for (String size : sizes.split(" ", -1)) {
            int vcpus = vcpus(size);
            add(new InstanceType(family + "." + size, vcpus, vcpus * memoryPerVcpu, architecture, false));
        }
    }

    /** large has 2, xlarge 4, Nxlarge N times 4. */
    private static int vcpus(String size) {
        String multiple = size.substring(0, size.indexOf("large")).replace("x", "");
        int xlarges = multiple.isEmpty() ? 1 : Integer.parseInt(multiple);
        return size.equals("large") ? 2 : 4 * xlarges;
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
