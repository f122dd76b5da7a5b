package io.jenkins.plugins.amirefresh.simulator.faults;

import io.jenkins.plugins.amirefresh.simulator.account.DeclaredFault;
import io.jenkins.plugins.amirefresh.simulator.account.Wildcard;
import io.jenkins.plugins.amirefresh.simulator.kernel.ServiceCall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Decides which declared fault a call meets. Its chance is its own, so that faults do not move any id. */
public final class Faults {

    private final List<Armed> armed;
    private final SplittableRandom random;

    /**
     * The faults of an account file.
     *
     * @param seed of the faults with a probability
     */
    public Faults(List<DeclaredFault> declared, long seed) {
        this.armed = declared.stream().map(Armed::new).toList();
        this.random = new SplittableRandom(seed ^ 0x5fa17L);
    }

    /** Whether any declared fault makes reads lag. */
    public boolean anyLag() {
        return armed.stream().anyMatch(fault -> fault.declared.isLag());
    }

    /** The first declared fault that strikes this call; each look counts as one call. */
    public Optional<DeclaredFault> strike(ServiceCall call, Instant now) {
        for (Armed fault : armed) {
            if (fault.concerns(call, now) && fault.isDue(call, now, random)) {
                return Optional.of(fault.declared);
            }
        }
        return Optional.empty();
    }

    /** Those that no call has met so far, in the file's order. */
    public List<DeclaredFault> unmet() {
        return armed.stream()
                .filter(fault -> !fault.met)
                .map(fault -> fault.declared)
                .toList();
    }

    private static final class Armed {
        private final DeclaredFault declared;
        private final @Nullable TokenBuckets buckets;
        private boolean met;
        private int seen;
        private int struck;

        Armed(DeclaredFault declared) {
            this.declared = declared;
            this.buckets = declared.bucket() == null ? null : new TokenBuckets(declared.bucket());
        }

        boolean concerns(ServiceCall call, Instant now) {
            return Wildcard.matches(declared.service(), call.service())
                    && Wildcard.matches(declared.operation(), call.operation())
                    && Wildcard.matches(declared.account(), call.caller().accountId())
                    && Wildcard.matches(declared.region(), call.caller().region())
                    && (declared.from() == null || !now.isBefore(declared.from()))
                    && (declared.until() == null || now.isBefore(declared.until()));
        }

        boolean isDue(ServiceCall call, Instant now, SplittableRandom random) {
            met = true;
            if (buckets != null && buckets.take(call, now)) {
                return false;
            }
            if (seen++ < declared.skip() || (declared.count() > 0 && struck >= declared.count())) {
                return false;
            }
            if (declared.probability() != null && random.nextDouble() >= declared.probability()) {
                return false;
            }
            struck++;
            return true;
        }
    }
}
