package io.jenkins.plugins.amirefresh.simulator.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the blocks of addresses of a VPC are ones that EC2 would take. Source: Amazon VPC User Guide, "Subnet CIDR blocks". */
final class CidrCheck {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
    private static final int SHORTEST = 16;
    private static final int LONGEST = 28;

    private CidrCheck() {}

    /** What is wrong, and where. */
    record Problem(int line, String text) {}

    private record Block(String text, long first, long last) {
        boolean overlaps(Block other) {
            return first <= other.last && other.first <= last;
        }

        boolean contains(Block other) {
            return first <= other.first && other.last <= last;
        }
    }

    static Optional<Problem> problem(DeclaredVpc vpc) {
        Optional<Block> whole = block(vpc.cidr());
        if (whole.isEmpty()) {
            return Optional.of(new Problem(vpc.line(), notABlock(vpc.cidr())));
        }
        List<Block> earlier = new ArrayList<>();
        for (DeclaredVpc.Subnet subnet : vpc.subnets()) {
            Optional<String> wrong = problem(whole.get(), earlier, subnet);
            if (wrong.isPresent()) {
                return Optional.of(new Problem(subnet.line(), wrong.get()));
            }
            block(subnet.cidr()).ifPresent(earlier::add);
        }
        return Optional.empty();
    }

    private static Optional<String> problem(Block vpc, List<Block> earlier, DeclaredVpc.Subnet subnet) {
        Optional<Block> block = block(subnet.cidr());
        if (block.isEmpty()) {
            return Optional.of(notABlock(subnet.cidr()));
        }
        if (!vpc.contains(block.get())) {
            return Optional.of("the block " + subnet.cidr() + " is not inside its VPC's, " + vpc.text());
        }
        return earlier.stream()
                .filter(block.get()::overlaps)
                .findFirst()
                .map(other -> "the block " + subnet.cidr() + " overlaps another subnet's, " + other.text());
    }

    private static String notABlock(String cidr) {
        return "'" + cidr + "' is no block of IPv4 addresses from /16 to /28, such as 10.0.0.0/16";
    }

    private static Optional<Block> block(String cidr) {
        Matcher form = FORM.matcher(cidr);
        if (!form.matches()) {
            return Optional.empty();
        }
        long first = 0;
        for (int octet = 1; octet <= 4; octet++) {
            int value = Integer.parseInt(form.group(octet));
            if (value > 255) {
                return Optional.empty();
            }
            first = first << 8 | value;
        }
        int bits = Integer.parseInt(form.group(5));
        long size = 1L << (32 - Math.min(bits, LONGEST));
        long network = first - first % size;
        return bits < SHORTEST || bits > LONGEST
                ? Optional.empty()
                : Optional.of(new Block(cidr, network, network + size - 1));
    }
}
